// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { launch } from '../browser.mjs';
import { expression, type Engine } from './browser';
import { firstOf } from './programs';

/** Chromium, by its own protocol. */
export const chromium: Engine = {
  name: 'chromium',
  program: () => firstOf([process.env.CHROMIUM ?? '/usr/bin/chromium']),
  remedy: 'Chromium at /usr/bin/chromium or where CHROMIUM says (Debian: apt-get install chromium)',
  async launch() {
    const browser = await launch();
    return {
      async visitor() {
        const context = await browser.newContext();
        const page = await context.newPage();
        return {
          go: async (address) => void (await page.goto(address)),
          click: (selector) => page.click(selector),
          press: (key) => page.keyboard.press(key),
          ask: (question, ...given) => page.evaluate(expression(question, given)) as never,
          leave: () => context.close(),
        };
      },
      close: () => browser.close(),
    };
  },
};
