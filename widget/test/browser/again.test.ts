// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// What happens to an answer later: a new version, the browser's own signal.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Payload, Purpose } from '../../src/types';
import { samplePolicy } from '../policy.mjs';
import { BANNER, GRANTED, REFUSED, choices, count, isReady, press, until, visits } from './page';

const visit = visits();
const GPC = { addInitScript: "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })" };
const purposes = samplePolicy().purposes;

/** A new version is live when the page is loaded again. */
async function publish(page: Page, policy: Partial<Payload>): Promise<void> {
  visit.server.policy = samplePolicy(policy);
  await page.reload();
  await isReady(page);
}

const changedIn = (version: number, ids: string[]): Purpose[] =>
  purposes.map((purpose) => ({ ...purpose, since: ids.includes(purpose.id) ? version : 11 }));

test('versionThatIsNotMaterial_isNotAskedAgain', async () => {
  const page = await visit.open();
  await press(page, 'accept-all');
  await publish(page, { version: 13 });
  expect(await choices(page)).toEqual(GRANTED);
  expect(await count(page, BANNER)).toBe(0);
});

test('materialVersion_suspendsWhatChangedAndSaysSo', async () => {
  const page = await visit.open();
  await press(page, 'accept-all');
  await visit.recorded(page, 1);
  await publish(page, { version: 14, asks: 14, purposes: changedIn(14, ['analytics']) });
  expect(await choices(page)).toEqual({ ...GRANTED, analytics: false });
  const note = await page.innerText(`${BANNER} [data-assent=changed]`);
  expect(note).toContain(String(new Date().getFullYear()));
  expect(await page.locator(`${BANNER} li`).allInnerTexts()).toEqual([
    expect.not.stringContaining('New or changed'),
    expect.stringContaining('New or changed'),
  ]);
  await press(page, 'choose');
  expect(await page.isChecked('#assent [name=theme]')).toBe(true);
  expect(await page.isChecked('#assent [name=analytics]')).toBe(false);
  await press(page, 'save');
  await until(() => visit.server.posts.length === 2);
  expect(visit.server.posts[1]!.choice).toMatchObject({
    policy: { version: 14 },
    choices: { ...GRANTED, analytics: false },
    previous: visit.server.posts[0]!.choice.id,
  });
  await page.reload();
  await isReady(page);
  expect(await count(page, BANNER)).toBe(0);
});

test('materialVersion_thatChangesAllGrantsNothingMeanwhile', async () => {
  const page = await visit.open();
  await press(page, 'accept-all');
  await publish(page, { version: 14, asks: 14, purposes: changedIn(14, ['theme', 'analytics']) });
  expect(await choices(page)).toEqual(REFUSED);
  await press(page, 'reject-all');
  expect(await count(page, BANNER)).toBe(0);
});

test('newPurpose_isOffUntilItIsAnswered_evenWhereTheVersionIsNotMaterial', async () => {
  const page = await visit.open();
  await press(page, 'accept-all');
  await publish(page, { version: 13, purposes: [...purposes, { id: 'marketing', since: 13 }] });
  expect(await choices(page)).toEqual({ ...GRANTED, marketing: false });
  expect(await count(page, BANNER)).toBe(0);
});

test('ownersWordsOnTheChange_areShown', async () => {
  const page = await visit.open();
  await press(page, 'reject-all');
  const { texts } = samplePolicy();
  await publish(page, { version: 14, asks: 14, purposes: changedIn(14, ['analytics']), texts: { en: { ...texts.en!, changes: 'Heat maps <b>too</b>.' } } });
  expect(await page.innerText('[data-assent=changed]')).toContain('Heat maps <b>too</b>.');
});

test('choiceBeyondItsLifetime_isAskedAgainAsNew', async () => {
  const page = await visit.open();
  await press(page, 'accept-all');
  await publish(page, { version: 14, asks: 14, maxAgeSeconds: 0 });
  expect(await choices(page)).toEqual(REFUSED);
  expect(await count(page, '[data-assent=changed]')).toBe(0);
});

const SALE = [...purposes, { id: 'marketing', since: 11, sale: true }];
const ALL = { ...GRANTED, marketing: true };

/** The same visitor, whose browser now sends the signal. */
async function withSignal(page: Page): Promise<Page> {
  await page.context().addInitScript(GPC.addInitScript);
  await page.reload();
  await isReady(page);
  return page;
}

test('signal_switchesOffWhatSells_onceAndWithARecord', async () => {
  const page = await visit.open({ policy: { purposes: SALE } });
  await press(page, 'accept-all');
  await visit.recorded(page, 1);
  const decidedAt = (await page.evaluate(() => document.cookie)).split('.')[3];
  await withSignal(page);
  expect(await choices(page)).toEqual({ ...ALL, marketing: false });
  expect(await count(page, BANNER)).toBe(0);
  await visit.recorded(page, 2);
  expect(visit.server.posts[1]!.choice).toMatchObject({ action: 'gpc', source: 'gpc', choices: { ...ALL, marketing: false }, previous: visit.server.posts[0]!.choice.id });
  expect((await page.evaluate(() => document.cookie)).split('.')[3]).toBe(decidedAt);
  await page.reload();
  await isReady(page);
  await page.click('#open');
  expect(await page.innerText('#assent dialog [data-assent=gpc]')).toContain('Global Privacy Control');
  expect(visit.server.posts.length).toBe(2);
});

test('signal_yieldsToAnExplicitLaterChoice', async () => {
  const page = await withSignal(await visit.open({ policy: { purposes: SALE } }));
  expect(await page.innerText(`${BANNER} [data-assent=gpc]`)).toContain('honoured');
  await press(page, 'accept-all');
  await visit.recorded(page, 1);
  await page.reload();
  await isReady(page);
  expect(await choices(page)).toEqual(ALL);
  expect(visit.server.posts[0]!.choice.action).toBe('accept_all');
});

test('signal_neverAnswersForAVisitorWhoIsAsked', async () => {
  const page = await visit.open({ policy: { purposes: SALE } });
  await press(page, 'accept-all');
  await visit.recorded(page, 1);
  visit.server.policy = samplePolicy({ version: 14, asks: 14, purposes: SALE.map((it) => ({ ...it, since: it.id === 'theme' ? 14 : 11 })) });
  await withSignal(page);
  expect(await choices(page)).toEqual({ session: true, theme: false, analytics: true, marketing: false });
  expect(await count(page, BANNER)).toBe(1);
  expect(visit.server.posts.length).toBe(1);
});

test('signal_withoutAnythingThatSells_changesNothing', async () => {
  const page = await visit.open();
  await press(page, 'accept-all');
  await visit.recorded(page, 1);
  await withSignal(page);
  expect(await choices(page)).toEqual(GRANTED);
  expect(visit.server.posts.length).toBe(1);
});
