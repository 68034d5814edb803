// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { expression, type Engine, type Key, type Visitor } from './browser';
import { firstOf, freePort, start } from './programs';
import { openSession, type Session, whenReady } from './webdriver';

const DRIVERS = ['/usr/bin/WebKitWebDriver'];
const DISPLAYS = ['/usr/bin/Xvfb'];
// Debian keeps libraries by architecture; Fedora's are in one place.
const LIBRARIES = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/libexec', '/usr/lib'];
const BROWSERS = LIBRARIES.map((folder) => `${folder}/webkit2gtk-4.1/MiniBrowser`);

/** As WebDriver names them (WebDriver §17.4.2, `Normalised key values`). */
const KEYS: Record<Key, string> = { Tab: '\uE004', Enter: '\uE007', Space: ' ', Escape: '\uE00C' };

/** WebKit as GTK has it, by WebDriver, on a display that nobody sees. */
export const webkit: Engine = {
  name: 'webkit',
  program: () => firstOf(DRIVERS) && firstOf(DISPLAYS) && firstOf(BROWSERS),
  remedy: 'WebKitWebDriver with its MiniBrowser, and Xvfb (Debian: apt-get install webkit2gtk-driver xvfb)',
  async launch(binary) {
    const capabilities = { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } };
    const display = start(firstOf(DISPLAYS)!, ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']);
    const number = await display.line();
    const port = await freePort();
    const driver = start(firstOf(DRIVERS)!, ['--host=127.0.0.1', `--port=${port}`], { DISPLAY: `:${number}`, GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1' });
    const address = `http://127.0.0.1:${port}`;
    await whenReady(address);
    return {
      visitor: async () => visitorBy(await openSession(address, capabilities)),
      async close() {
        await driver.end();
        await display.end();
      },
    };
  },
};

function visitorBy(session: Session): Visitor {
  return {
    go: (url) => session.post('url', { url }),
    async click(value) {
      const element = await session.post<Record<string, string>>('element', { using: 'css selector', value });
      await session.post(`element/${Object.values(element)[0]}/click`, {});
    },
    press: (key) =>
      session.post('actions', {
        actions: [{ type: 'key', id: 'keyboard', actions: ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[key] })) }],
      }),
    ask: (question, ...given) => session.post('execute/sync', { script: `return ${expression(question, given)}`, args: [] }),
    leave: () => session.end(),
  };
}
