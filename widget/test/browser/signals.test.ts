// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// What the page's tags are told: asserted on the queues themselves, as a tag would find them.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { samplePolicy } from '../policy.mjs';
import { shop } from '../sites.mjs';
import { TAG, isReady, press, visits } from './page';

const visit = visits();
const ADS = [...samplePolicy().purposes, { id: 'marketing', since: 11, signals: ['ad_storage', 'ad_user_data', 'ad_personalization'] }];
const DENIED = {
  ad_storage: 'denied',
  ad_user_data: 'denied',
  ad_personalization: 'denied',
  analytics_storage: 'denied',
  functionality_storage: 'denied',
  personalization_storage: 'denied',
  security_storage: 'granted',
};
const DEFAULT = ['consent', 'default', { ...DENIED, wait_for_update: 500 }];
const update = (...granted: string[]) => ['consent', 'update', { ...DENIED, ...Object.fromEntries(granted.map((it) => [it, 'granted'])) }];

/** The queue as it is; commands must be `arguments`, for tags take an array for data. */
const layer = (page: Page) =>
  page.evaluate(() => ((window as { dataLayer?: unknown[] }).dataLayer ?? []).map((it) => (String(it) === '[object Arguments]' ? Array.from(it as IArguments) : it)));
const queue = (page: Page, name: string) => page.evaluate((it) => (window as unknown as Record<string, unknown>)[it], name);
const event = (cause: string, analytics: boolean, theme = analytics) => ({ event: 'assent_change', assent_choices: { session: true, theme, analytics }, assent_cause: cause });

test('google_defaultFirstThenOneUpdateADecision', async () => {
  visit.server.pages['/'] = shop('en', { head: TAG });
  const page = await visit.open({ policy: { googleConsentMode: true } });
  expect(await layer(page)).toEqual([DEFAULT]);
  await press(page, 'accept-all');
  const accepted = [DEFAULT, update('analytics_storage'), event('banner', true)];
  expect(await layer(page)).toEqual(accepted);
  await page.evaluate(() => window.assent!.withdraw());
  expect(await layer(page)).toEqual([...accepted, update(), event('api', false)]);
  await page.reload();
  await isReady(page);
  expect(await layer(page)).toEqual([DEFAULT, update(), event('stored', false)]);
});

test('google_oneUpdateWhereTwoTabsAnswer', async () => {
  const page = await visit.open({ policy: { googleConsentMode: true } });
  const other = await page.context().newPage();
  await other.goto(visit.server.origin);
  await isReady(other);
  await press(other, 'accept-all');
  await expect.poll(() => layer(page)).toEqual([DEFAULT, update('analytics_storage'), event('tab', true)]);
  await page.bringToFront();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.evaluate(() => window.assent!.rejectAll());
  await expect.poll(() => layer(other)).toEqual([DEFAULT, update('analytics_storage'), event('banner', true), update(), event('tab', false)]);
  expect(await layer(page)).toEqual([DEFAULT, update('analytics_storage'), event('tab', true), update(), event('api', false)]);
});

test('google_aTagThatReadsTheQueueHasEveryTypeDecidedInTime', async () => {
  // As Google's own tag does: commands in order, what comes later on top, and it waits where the default says so.
  const STAND_IN = `<script>window.dataLayer = window.dataLayer || []; window.seen = []; (() => {
    const state = {}; const take = (it) => { if (it[0] === 'consent') { Object.assign(state, it[2]); seen.push([it[1], state.analytics_storage]); } };
    dataLayer.forEach(take); const push = dataLayer.push; dataLayer.push = function (it) { take(it); return push.apply(this, arguments); };
  })()</script>`;
  visit.server.pages['/'] = shop('en', { head: TAG.replace('async ', '') + STAND_IN });
  const page = await visit.open({ policy: { googleConsentMode: true } });
  await press(page, 'accept-all');
  expect(await queue(page, 'seen')).toEqual([['default', 'denied'], ['update', 'granted']]);
});

test('google_untouchedWhereNobodyAsksForIt', async () => {
  const page = await visit.open();
  await press(page, 'accept-all');
  expect(await page.evaluate(() => ['dataLayer', 'uetq', 'clarity', '_paq'].filter((it) => it in window))).toEqual([]);
});

test('microsoft_defaultThenOneUpdateADecision', async () => {
  const page = await visit.open({ policy: { microsoftConsentMode: true, purposes: ADS } });
  const state = (granted: boolean) => ({ ad_storage: granted ? 'granted' : 'denied' });
  expect(await queue(page, 'uetq')).toEqual(['consent', 'default', state(false)]);
  await press(page, 'accept-all');
  expect(await queue(page, 'uetq')).toEqual(['consent', 'default', state(false), 'consent', 'update', state(true)]);
  await page.evaluate(() => window.assent!.set({ marketing: false }));
  expect(await queue(page, 'uetq')).toEqual(['consent', 'default', state(false), 'consent', 'update', state(true), 'consent', 'update', state(false)]);
  const clarity = await page.evaluate(() => (window as unknown as { clarity: { q: IArguments[] } }).clarity.q.map((it) => Array.from(it)));
  expect(clarity).toEqual([
    ['consentv2', { ad_Storage: 'denied', analytics_Storage: 'denied' }],
    ['consentv2', { ad_Storage: 'granted', analytics_Storage: 'granted' }],
    ['consentv2', { ad_Storage: 'denied', analytics_Storage: 'granted' }],
  ]);
});

test('microsoft_speaksToTagsThatAreThereAlready', async () => {
  visit.server.pages['/'] = shop('en', {
    head: `<script>window.told = []; window.uetq = { push: (...it) => told.push(it) }; window.clarity = (...it) => told.push(it)</script>${TAG}`,
  });
  const page = await visit.open({ policy: { microsoftConsentMode: true, purposes: ADS } });
  await press(page, 'reject-all');
  expect(await queue(page, 'told')).toEqual([
    ['consent', 'default', { ad_storage: 'denied' }],
    ['consentv2', { ad_Storage: 'denied', analytics_Storage: 'denied' }],
    ['consent', 'update', { ad_storage: 'denied' }],
    ['consentv2', { ad_Storage: 'denied', analytics_Storage: 'denied' }],
  ]);
});

test('matomo_isAskedFirstAndToldOnce', async () => {
  visit.server.pages['/'] = shop('en', { head: `<script>window.mine = window._paq = [['trackPageView']]</script>${TAG}` });
  const page = await visit.open({ policy: { matomo: true } });
  expect(await queue(page, 'mine')).toEqual([['trackPageView'], ['requireConsent']]);
  await press(page, 'accept-all');
  await page.evaluate(() => window.assent!.withdraw());
  // Page reloads where a script has run; none has.
  expect(await queue(page, 'mine')).toEqual([['trackPageView'], ['requireConsent'], ['forgetConsentGiven']]);
  await page.evaluate(() => ((window as { _paq?: unknown })._paq = { push: (it: string[]) => (window as unknown as { mine: string[][] }).mine.push(it) }));
  await page.evaluate(() => window.assent!.acceptAll());
  expect(await queue(page, 'mine')).toEqual([['trackPageView'], ['requireConsent'], ['forgetConsentGiven'], ['setConsentGiven']]);
});
