// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// What a browser keeps, or refuses to: whatever is wrong with it, nothing is granted.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { shop } from '../sites.mjs';
import { BANNER, GRANTED, REFUSED, choices, count, isReady, outbox, press, until, visits } from './page';

const visit = visits();
const YEAR = 365 * 864e5;
const ID = '0198f0c2-8f3a-7c1e-9b7a-3f0c6f1f2a11';
const cookie = (granted: string, { format = 'v1', version = '12', decided = Math.trunc(Date.now() / 1000).toString(36), id = ID } = {}) =>
  `${format}.${version}.${granted}.${decided}.${id}`;
const WHOLE = cookie('session+theme+analytics');

const HELD = '<script type="text/plain" data-assent="analytics" src="/held.js"></script>';

/** Opens a page that holds a script, as somebody who brings this cookie along. */
async function openWith(value: string): Promise<Page> {
  visit.server.pages['/'] = shop('en', { body: HELD });
  const page = await visit.open();
  await page.context().addCookies([{ name: 'assent', value, url: visit.server.origin }]);
  visit.server.requests = [];
  await page.reload();
  await isReady(page);
  return page;
}

async function isAsked(page: Page): Promise<void> {
  expect(await count(page, BANNER)).toBe(1);
  expect(await choices(page)).toEqual(REFUSED);
}

async function isAskedAndAnswers(page: Page): Promise<void> {
  await isAsked(page);
  await press(page, 'reject-all');
  await page.reload();
  await isReady(page);
  expect(await count(page, BANNER)).toBe(0);
  expect(await choices(page)).toEqual(REFUSED);
  expect(visit.server.requests).not.toContain('/held.js');
}

test.each([
  ['another format', cookie('session+analytics', { format: 'v2' })],
  ['a version too old', cookie('session+analytics', { version: '10' })],
  ['no version', cookie('session+analytics', { version: '' })],
  ['older than its lifetime', cookie('session+analytics', { decided: '1' })],
  ['truncated in its id', WHOLE.slice(0, -1)],
  ['truncated in its time', WHOLE.slice(0, -45)],
  ['truncated in its purposes', WHOLE.slice(0, 20)],
  ['quoted', `"${WHOLE}"`],
  ['markup', cookie('session+<b>analytics</b>')],
  ['nothing', ''],
])('cookie_grantsNothing: %s', async (_, value) => isAskedAndAnswers(await openWith(value)));

test('cookieOfANewerVersion_holdsForThePurposesItNames', async () => {
  const page = await openWith(cookie('session+theme+marketing', { version: '99' }));
  expect(await count(page, BANNER)).toBe(0);
  expect(await choices(page)).toEqual({ ...REFUSED, theme: true });
});

test('cookieWithUnknownPurposes_grantsNoneOfThem', async () => {
  const page = await openWith(cookie('theme+constructor+__proto__+hasOwnProperty+theme+'));
  expect(await choices(page)).toEqual({ ...REFUSED, theme: true });
  await page.evaluate(() => {
    for (const id of ['constructor', '__proto__', 'hasOwnProperty', 'theme constructor']) {
      const frame = document.createElement('iframe');
      frame.dataset.assent = id;
      frame.dataset.src = '/frame';
      document.body.append(frame);
    }
  });
  await expect.poll(() => count(page, '[data-assent=placeholder]')).toBe(4);
  expect(visit.server.requests).not.toContain('/frame');
});

test('fullStorage_choiceHoldsAndIsSent', async () => {
  const page = await visit.open();
  await page.evaluate(() => {
    localStorage.filler = '';
    for (let size = 2 ** 24; size >= 1; )
      try {
        localStorage.filler += 'x'.repeat(size);
      } catch {
        size /= 2;
      }
  });
  await press(page, 'accept-all');
  await until(() => visit.server.posts.length === 1);
  await page.evaluate(() => window.assent!.withdraw());
  await until(() => visit.server.posts.length === 2);
  expect(visit.server.posts[1]!.choice).toMatchObject({ previous: visit.server.posts[0]!.choice.id, secret: visit.server.posts[0]!.choice.secret });
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['filler']);
  await page.reload();
  await isReady(page);
  expect(await count(page, BANNER)).toBe(0);
  expect(await choices(page)).toEqual(REFUSED);
});

test('blockedCookiesAndStorage_holdForThePageAndAreAskedAgain', async () => {
  visit.server.pages['/'] = shop('en', { body: HELD });
  const page = await visit.open();
  await page.addInitScript(() => {
    // As Chromium has it where a person has blocked all cookies.
    Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => undefined });
    for (const area of ['localStorage', 'sessionStorage', 'indexedDB'])
      Object.defineProperty(window, area, {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
  });
  await page.reload();
  await isReady(page);
  await press(page, 'accept-all');
  await until(() => visit.server.requests.includes('/held.js') && visit.server.posts.length === 1);
  expect(await choices(page)).toEqual(GRANTED);
  visit.server.requests = [];
  await page.reload();
  await isReady(page);
  await isAsked(page);
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => (window.assent!.acceptAll(), location.reload()))]);
  await isReady(page);
  await isAsked(page);
});

/** Sets the page's clock wrong, or right again, from the next page on. */
const clockOff = (page: Page, millis: number) =>
  page.addInitScript((off) => {
    Date.now = () => Math.trunc(performance.timeOrigin + performance.now() + off);
  }, millis);

test.each([
  ['ahead', YEAR, GRANTED],
  ['behind', -YEAR, REFUSED],
])('clockAYear: %s', async (_, off, later) => {
  const page = await visit.open();
  await clockOff(page, off);
  await page.reload();
  await press(page, 'accept-all');
  await until(() => visit.server.posts.length === 1);
  const { occurredAt } = visit.server.posts[0]!.choice;
  expect(Math.abs(Date.parse(occurredAt) - Date.now() - off)).toBeLessThan(60_000);
  await page.reload();
  await isReady(page);
  expect(await choices(page)).toEqual(GRANTED);
  await clockOff(page, 0);
  await page.reload();
  await isReady(page);
  // Of a choice that seems a year old nothing holds; of one that seems to be made next year all does.
  expect(await choices(page)).toEqual(later);
  await page.evaluate(() => window.assent!.rejectAll());
  await page.reload();
  await isReady(page);
  expect(await choices(page)).toEqual(REFUSED);
  expect(await count(page, BANNER)).toBe(0);
});

test('twoTabsAtOnce_agreeInTheEndAndBothAreSent', async () => {
  const page = await visit.open();
  const other = await page.context().newPage();
  await other.goto(visit.server.origin);
  await isReady(other);
  await Promise.all([page.evaluate(() => window.assent!.acceptAll()), other.evaluate(() => window.assent!.rejectAll())]);
  const state = (tab: Page) => tab.evaluate(() => document.cookie.split('.')[2] + JSON.stringify(window.assent!.choices));
  const agreed = [`session+theme+analytics${JSON.stringify(GRANTED)}`, `session${JSON.stringify(REFUSED)}`];
  await expect.poll(async () => [await state(page), await state(other)]).toSatisfy(([one, two]) => one === two && agreed.includes(one!));
  await until(() => visit.server.posts.length === 2);
  expect(new Set(visit.server.posts.map(({ choice }) => choice.id)).size).toBe(2);
  await expect.poll(() => outbox(page)).toBe(0);
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
