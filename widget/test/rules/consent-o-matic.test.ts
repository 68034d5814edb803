// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Consent-O-Matic's rule, run by the engine for that format which autoconsent carried up to 10.x (the extension itself is not on npm).

import { readFileSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { BANNER, choices, count, until, visits } from '../browser/page';

const visit = visits();
const WIDGET = new URL('../../', import.meta.url).pathname;
const { $schema, ...RULE } = JSON.parse(readFileSync(`${WIDGET}rules/consent-o-matic.json`, 'utf8'));

/** The engine with our rule alone; `rule` does what the extension does with one. */
const ENGINE = buildSync({
  stdin: {
    contents: `import AutoConsent from 'autoconsent-consentomatic';
      const engine = new AutoConsent(() => Promise.resolve(), null, { autoconsent: [], consentomatic: ${JSON.stringify(RULE)} });
      window.rule = engine.rules.find((rule) => rule.name?.endsWith('assent'));`,
    resolveDir: WIDGET,
  },
  bundle: true,
  format: 'iife',
  write: false,
  logLevel: 'error',
}).outputFiles[0]!.text;

interface Rule {
  detectCmp(): Promise<boolean>;
  detectPopup(): Promise<boolean>;
  executeAction(method: string, allowed?: string[]): Promise<unknown>;
}

/** Four optional purposes: the three that have a kind of their own, and one that the owner has thought up. */
const PURPOSES = ['session', 'theme', 'analytics', 'marketing', 'newsletter'].map((id) => ({ id, required: id === 'session', trackers: [] }));

async function arrive(): Promise<Page> {
  const page = await visit.open({ policy: { purposes: PURPOSES } as never });
  await page.addScriptTag({ content: ENGINE });
  return page;
}

const detected = (page: Page) =>
  page.evaluate(async () => {
    const { rule } = window as unknown as { rule: Rule };
    return [await rule.detectCmp(), await rule.detectPopup()];
  });

/** The extension's own order of methods, with the kinds of purpose that the person's settings allow. */
const handle = (page: Page, allowed: string[]) =>
  page.evaluate(async (kinds) => {
    const { rule } = window as unknown as { rule: Rule };
    for (const method of ['HIDE_CMP', 'OPEN_OPTIONS', 'HIDE_CMP']) await rule.executeAction(method);
    await rule.executeAction('DO_CONSENT', kinds);
    await rule.executeAction('SAVE_CONSENT');
  }, allowed);

test.each([
  ['', []],
  ['A', ['theme']],
  ['B', ['analytics']],
  ['F', ['marketing']],
  ['X', ['newsletter']],
  ['D E', []],
  ['A B D E F X', ['theme', 'analytics', 'marketing', 'newsletter']],
])('settings_alone_areGranted: %s', async (allowed, granted) => {
  const page = await arrive();
  expect(await detected(page)).toEqual([true, true]);
  await handle(page, allowed.split(' '));
  await until(() => visit.server.posts.length === 1);
  const wanted = Object.fromEntries(PURPOSES.map(({ id }) => [id, id === 'session' || granted.includes(id)]));
  expect(visit.server.posts[0]!.choice).toMatchObject({ action: 'save', source: 'preferences', choices: wanted });
  expect(await choices(page)).toEqual(wanted);
  expect([await count(page, BANNER), await count(page, '#assent dialog')]).toEqual([0, 0]);
  expect(await detected(page)).toEqual([false, false]);
});
