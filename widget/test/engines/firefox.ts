// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { launch } from 'puppeteer-core';
import { expression, type Engine } from './browser';
import { firstOf } from './programs';

const PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];

/** Firefox, by WebDriver BiDi. */
export const firefox: Engine = {
  name: 'firefox',
  program: () => firstOf(process.env.FIREFOX ? [process.env.FIREFOX] : PLACES),
  remedy: 'Firefox at /usr/bin/firefox-esr or where FIREFOX says (Debian: apt-get install firefox-esr)',
  async launch(executablePath) {
    const browser = await launch({ browser: 'firefox', executablePath });
    return {
      async visitor() {
        const context = await browser.createBrowserContext();
        const page = await context.newPage();
        return {
          go: async (address) => void (await page.goto(address)),
          click: (selector) => page.click(selector),
          press: (key) => page.keyboard.press(key === 'Space' ? ' ' : key),
          ask: (question, ...given) => page.evaluate(expression(question, given)) as never,
          leave: () => context.close(),
        };
      },
      close: () => browser.close(),
    };
  },
};
