// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Each of these fails with the widget of main 848963d. Put into widget/test/browser/ with its fix.

import { expect, test } from 'vitest';
import type { Payload } from '../../src/types';
import { samplePolicy } from '../policy.mjs';
import { BANNER, REFUSED, choices, count, isReady, press, until, visits } from './page';

const visit = visits();

test('purposeCalledConstructor_isCalledByItsId', async () => {
  const { texts } = samplePolicy() as Payload;
  const page = await visit.open({ policy: { texts: { en: { ...texts.en!, purposes: {} } }, purposes: [{ id: 'constructor', required: false, trackers: [] }] } });
  expect(await page.locator(`${BANNER} b`).allInnerTexts()).toEqual(['constructor']);
});

test('clockWithFractions_makesAnIdAndAReadableCookie', async () => {
  const page = await visit.open();
  await page.evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 0.25;
  });
  await press(page, 'reject-all');
  await until(() => visit.server.posts.length === 1);
  expect(visit.server.posts[0]!.choice.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7/);
  await page.reload();
  await isReady(page);
  expect(await count(page, BANNER)).toBe(0);
});

test('withdrawal_winsOverACookieOfAnEarlierDomainFromTheFuture', async () => {
  const page = await visit.open({ policy: { cookieDomain: 'example.localhost' } });
  await page.goto(visit.server.origin.replace('localhost', 'shop.example.localhost'));
  await isReady(page);
  await page.evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 864e5;
    window.assent!.acceptAll();
    Date.now = now;
  });
  const { cookieDomain: _, ...policy } = visit.server.policy;
  visit.server.policy = policy;
  await page.reload();
  await isReady(page);
  await page.evaluate(() => window.assent!.withdraw());
  await page.reload();
  await isReady(page);
  expect(await choices(page)).toEqual(REFUSED);
});

test('clickOnTheDocumentItself_isNoError', async () => {
  const page = await visit.open();
  await page.evaluate(() => document.dispatchEvent(new Event('click')));
});
