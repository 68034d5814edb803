// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Counting beside choices, by the log of the network: nothing is sent while it is off; while it is on,
// the one request that the policy asks for, without cookie and without id.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { shop } from '../sites.mjs';
import { BANNER, count, press, until, visits } from './page';

const visit = visits();
const told = (what: string) => visit.server.posts.filter(({ path }) => path.endsWith(`/${what}`));
const posted = () => visit.server.requests.filter((it) => it.startsWith('/v1/'));
/** All that was asked for before is answered when this is. */
const settled = async (page: Page) => {
  for (let turn = 0; turn < 2; turn++) await page.evaluate(() => fetch('/settled.js').then((it) => it.text()));
};
const leave = async (page: Page) => {
  visit.server.pages['/next'] = shop('en', { head: '' });
  await page.goto(`${visit.server.origin}/next`);
  await settled(page);
};
const keep = (page: Page) =>
  page.evaluate(() => {
    document.cookie = 'shop-session=1';
    document.cookie = '_ga_1234=secret-value';
    document.cookie = 'uid_4711=secret-value';
    localStorage.setItem('theme', 'secret-value');
    localStorage.setItem('cart.8f14e45f-ceea-467f-9b3a-0242ac120002', 'secret-value');
    sessionStorage.setItem('tab', 'secret-value');
  });

test('nothing_isSentWhileAllIsOff', async () => {
  const page = await visit.open();
  await keep(page);
  await leave(page);
  expect(posted()).toEqual([]);
});

test('bannerShown_isToldOnceWithoutId', async () => {
  const page = await visit.open({ policy: { countShown: true, languages: ['en', 'fr'] }, browser: { locale: 'fr-FR' } });
  await until(() => told('shown').length === 1);
  const { choice, headers } = told('shown')[0]!;
  expect(choice).toEqual({ version: 12, language: 'en', layout: 'desktop' });
  expect(headers.cookie).toBeUndefined();
  expect(await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage }))).toBe('{}');
  await press(page, 'accept-all');
  await until(() => told('consents').length === 1);
  await leave(page);
  expect(posted()).toEqual(['/v1/sites/k7Q2mZ0pRb/shown', '/v1/sites/k7Q2mZ0pRb/consents']);
});

test('answeredVisitor_isNotCounted', async () => {
  const page = await visit.open({ policy: { countShown: true } });
  await press(page, 'reject-all');
  await until(() => told('consents').length === 1);
  await page.reload();
  await page.waitForFunction(() => window.assent?.ready.then(() => true));
  await settled(page);
  expect(await count(page, BANNER)).toBe(0);
  expect(told('shown')).toHaveLength(1);
});

test('phone_isToldAsMobile', async () => {
  await visit.open({ policy: { countShown: true }, browser: { viewport: { width: 360, height: 700 } } });
  await until(() => told('shown').length === 1);
  expect(told('shown')[0]!.choice).toMatchObject({ layout: 'mobile' });
});

test.each(['globalPrivacyControl', 'doNotTrack'])('signal_keepsAllSilent: %s', async (signal) => {
  visit.server.pages['/'] = shop('en', {
    head: `<script>Object.defineProperty(navigator, '${signal}', { value: '${signal}' === 'doNotTrack' ? '1' : true })</script><script async src="/w/k7Q2mZ0pRb.js"></script>`,
  });
  const page = await visit.open({ policy: { countShown: true, sampleUndeclared: 1 } });
  await keep(page);
  await leave(page);
  expect(posted()).toEqual([]);
});

test('undeclaredNames_areToldMaskedAndWithoutValues', async () => {
  const page = await visit.open({ policy: { sampleUndeclared: 1 } });
  await keep(page);
  await leave(page);
  await until(() => told('undeclared').length === 1);
  const { choice, headers } = told('undeclared')[0]!;
  expect(choice).toEqual({ version: 12, cookie: ['uid_####'], localStorage: ['cart.*'], sessionStorage: ['tab'] });
  expect(headers.cookie).toBeUndefined();
  expect(posted()).toEqual(['/v1/sites/k7Q2mZ0pRb/undeclared']);
});

test('undeclaredNames_areNotToldWhereThereAreNone', async () => {
  const page = await visit.open({ policy: { sampleUndeclared: 1 } });
  await page.evaluate(() => localStorage.setItem('theme', 'dark'));
  await press(page, 'reject-all');
  await leave(page);
  expect(posted()).toEqual(['/v1/sites/k7Q2mZ0pRb/consents']);
});

test('undeclaredNames_areAtMostTwenty', async () => {
  const page = await visit.open({ policy: { sampleUndeclared: 1 } });
  await page.evaluate(() => [...'abcdefghijklmnopqrstuvwxyz'].forEach((it) => localStorage.setItem(`key-${it}`, '')));
  await leave(page);
  await until(() => told('undeclared').length === 1);
  expect(told('undeclared')[0]!.choice).toHaveProperty('localStorage.length', 20);
});

test('sample_takesOneInMany', async () => {
  visit.server.pages['/'] = shop('en', { head: '<script>Math.random = () => 0.5</script><script async src="/w/k7Q2mZ0pRb.js"></script>' });
  const page = await visit.open({ policy: { sampleUndeclared: 3 } });
  await keep(page);
  await leave(page);
  expect(posted()).toEqual([]);
});
