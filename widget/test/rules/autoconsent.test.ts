// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The real engine of DuckDuckGo's autoconsent in a real browser, on Assent's banner: with our rule, and by its heuristic.

import { expect, test } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import type { Appearance } from '../../src/types';
import { BANNER, choices, count, GRANTED, press, REFUSED, until, visits } from '../browser/page';
import { shop } from '../sites.mjs';
import { install, OURS, SHIPPED } from './extension';

const visit = visits();
/** As DuckDuckGo's browsers and its extension set it. */
const HEURISTIC = { autoAction: 'optOut', heuristicMode: 'reject', enableHeuristicDetection: true } as const;

const speaking = (language: string) => ({ languages: [...new Set(['en', language])] });

type Settings = Parameters<typeof install>[2];

/** A visitor without history, who has the extension and opens the shop. */
async function arrive(language: string, rules: Parameters<typeof install>[1], config: Settings, { width = 1280, ...policy }: { width?: number; appearance?: Appearance } = {}) {
  visit.server.pages['/empty'] = '<!doctype html><script>window.assent = { ready: Promise.resolve({}) }</script>';
  const page = await visit.open({ path: '/empty', policy: { ...speaking(language), ...policy }, browser: { viewport: { width, height: 720 } } });
  const extension = await install(page, rules, config);
  visit.server.pages['/'] = shop(language);
  await page.goto(visit.server.origin);
  return { page, extension };
}

/** All that an answer leaves, but what is new each time: cookie, posted choice, what holds in the page. */
async function traces(page: Page) {
  await until(() => visit.server.posts.length === 1);
  const { id, occurredAt, secret, previous, ...choice } = visit.server.posts[0]!.choice;
  return { choice, previous, cookie: await cookie(page.context()), holds: await choices(page), banners: await count(page, BANNER) };
}

async function cookie(context: BrowserContext): Promise<string[]> {
  const [version, number, granted, , id] = (await context.cookies()).find(({ name }) => name === 'assent')!.value.split('.');
  return [version!, number!, granted!, typeof id];
}

/** What a person's own press leaves. */
async function pressed(language: string, hook: 'reject-all' | 'accept-all') {
  visit.server.pages['/'] = shop(language);
  const page = await visit.open({ policy: speaking(language) });
  await press(page, hook);
  const left = await traces(page);
  visit.server.posts.length = 0;
  return left;
}

test.each(['en', 'de', 'fr'])('ourRule_optsOut_andPassesItsSelfTest: %s', async (language) => {
  const person = await pressed(language, 'reject-all');
  const { page, extension } = await arrive(language, [...SHIPPED, OURS], HEURISTIC);
  expect(await extension.said('optOutResult')).toMatchObject({ cmp: 'assent', result: true, scheduleSelfTest: true });
  expect(await extension.said('autoconsentDone')).toMatchObject({ cmp: 'assent', isCosmetic: false, totalClicks: 1 });
  await extension.tell('selfTest');
  expect(await extension.said('selfTestResult')).toMatchObject({ cmp: 'assent', result: true });
  expect(await traces(page)).toEqual(person);
  expect(await choices(page)).toEqual(REFUSED);
});

test('ourRule_optsIn', async () => {
  const person = await pressed('en', 'accept-all');
  const { page, extension } = await arrive('en', [...SHIPPED, OURS], { autoAction: 'optIn' });
  expect(await extension.said('optInResult')).toMatchObject({ cmp: 'assent', result: true });
  expect(await traces(page)).toEqual(person);
  expect(await choices(page)).toEqual(GRANTED);
});

test('ourRule_selfTest_failsWhereNothingWasAnswered', async () => {
  const { extension } = await arrive('en', [OURS], { autoAction: null });
  await extension.said('popupFound');
  await extension.tell('selfTest');
  expect(await extension.said('selfTestResult')).toMatchObject({ cmp: 'assent', result: false });
});

test('answeredBefore_isLeftAlone', async () => {
  const { page, extension } = await arrive('en', [OURS], HEURISTIC);
  await extension.said('autoconsentDone');
  extension.messages.length = 0;
  await page.reload();
  await extension.said('cmpDetected');
  expect(extension.messages.map(({ type }) => type)).not.toContain('popupFound');
  expect(visit.server.posts).toHaveLength(1);
});

test('ourRule_leavesOpenSettingsAlone', async () => {
  const { page, extension } = await arrive('en', [...SHIPPED, OURS], HEURISTIC);
  await extension.said('autoconsentDone');
  extension.messages.length = 0;
  await page.reload();
  await page.click('#open');
  expect(await extension.said('cmpDetected')).toMatchObject({ cmp: 'assent' });
  expect(await count(page, '#assent dialog')).toBe(1);
  expect(extension.messages.map(({ type }) => type)).not.toContain('popupFound');
});

/** The languages whose words the engine knows, both in a banner's text and on its buttons. */
test.each(['en', 'de', 'fr', 'nl'])('heuristic_rejects_asAPersonDoes: %s', async (language) => {
  const person = await pressed(language, 'reject-all');
  const { page, extension } = await arrive(language, SHIPPED, HEURISTIC);
  expect(await extension.said('optOutResult')).toMatchObject({ cmp: 'HEURISTIC-REJECT', result: true });
  await extension.tell('selfTest');
  expect(await extension.said('selfTestResult')).toMatchObject({ result: true });
  const left = await traces(page);
  expect(left).toEqual(person);
  expect(left).toMatchObject({ choice: { action: 'reject_all', source: 'banner', choices: REFUSED, language }, banners: 0, previous: undefined });
});

test.each([{ width: 320 }, { width: 1280, appearance: { position: 'center' } }, { width: 900, appearance: { position: 'bottom-left' } }] as const)('heuristic_findsTheBanner: %o', async (how) => {
  const { extension } = await arrive('de', SHIPPED, HEURISTIC, how);
  expect(await extension.said('optOutResult')).toMatchObject({ cmp: 'HEURISTIC-REJECT', result: true });
  await until(() => visit.server.posts.length === 1);
  expect(visit.server.posts[0]!.choice).toMatchObject({ action: 'reject_all', layout: how.width < 640 ? 'mobile' : 'desktop' });
});

test('heuristic_leavesTheWayBackAlone', async () => {
  const { page, extension } = await arrive('en', SHIPPED, { ...HEURISTIC, detectRetries: 1 });
  await extension.said('autoconsentDone');
  extension.messages.length = 0;
  await page.reload();
  await until(() => extension.messages.some((message) => message.type === 'report' && message.state.lifecycle === 'nothingDetected'));
  expect(visit.server.posts).toHaveLength(1);
});
