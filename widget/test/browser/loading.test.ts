// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The ways in which the script comes to a page, or does not: without it nothing is granted.

import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { script } from '../policy.mjs';
import { shop } from '../sites.mjs';
import { BANNER, GRANTED, REFUSED, TAG, choices, count, isReady, outbox, press, until, visits } from './page';

const visit = visits();
const HELD = '<script type="text/plain" data-assent="analytics" src="/held.js"></script><iframe data-assent="theme" data-src="/map" title="Map"></iframe>';
const SCRIPT = '**/w/*.js';
const ran = (page: Page) => page.evaluate(() => (window as { ran?: string[] }).ran ?? []);

function open(): Promise<Page> {
  visit.server.pages['/'] = shop('en', { body: HELD });
  visit.server.pages['/map'] = 'a map';
  return visit.open();
}

/** A page of the site without our script, yet. */
async function openBare(): Promise<Page> {
  const page = await open();
  visit.server.pages['/bare'] = shop('en', { head: '', body: HELD });
  visit.server.requests = [];
  await page.goto(`${visit.server.origin}/bare`);
  return page;
}

async function isAnswered(page: Page): Promise<void> {
  await page.waitForSelector(BANNER);
  expect(await choices(page)).toEqual(REFUSED);
  await page.waitForSelector('[data-assent=placeholder]');
  await press(page, 'accept-all');
  await expect.poll(() => ran(page)).toEqual(['/held.js']);
  await until(() => visit.server.requests.includes('/map'));
  expect(await count(page, BANNER)).toBe(0);
}

test('late_addedByATagManager', async () => {
  const page = await openBare();
  await page.evaluate(() => {
    const tag = document.createElement('script');
    tag.src = '/w/k7Q2mZ0pRb.js';
    document.head.append(tag);
  });
  await isAnswered(page);
  await until(() => visit.server.posts.length === 1);
});

test('late_andTwiceWithDelay_isOneWidget', async () => {
  const page = await openBare();
  await page.addScriptTag({ url: '/w/k7Q2mZ0pRb.js' });
  await page.addScriptTag({ url: '/w/k7Q2mZ0pRb.js' });
  expect(await count(page, BANNER)).toBe(1);
  await isAnswered(page);
  await page.addScriptTag({ url: '/w/k7Q2mZ0pRb.js' });
  expect(await count(page, '#assent')).toBe(1);
  expect(await count(page, BANNER)).toBe(0);
  await until(() => visit.server.posts.length === 1);
  expect(await ran(page)).toEqual(['/held.js']);
});

test.each([
  ['inline', (page: Page, content: string) => page.addScriptTag({ content })],
  ['from a timer', (page: Page, content: string) => page.evaluate((text) => void setTimeout(new Function(text)), content)],
])('withoutAnAddress_choiceHoldsAndWaits: %s', async (_, add) => {
  const page = await openBare();
  await add(page, script(visit.server.policy));
  await isAnswered(page);
  expect(visit.server.posts).toEqual([]);
  expect(await outbox(page)).toBe(1);
  await page.goto(visit.server.origin);
  await isReady(page);
  expect(await choices(page)).toEqual(GRANTED);
  await until(() => visit.server.posts.length === 1);
});

/** Where the script may break off: in its own text, before the policy, within it, before the last sign. */
const CUTS: Record<string, (whole: string) => number> = {
  'its first half': (whole) => whole.length / 4,
  'before the policy': (whole) => whole.indexOf('\n})(') + 2,
  'within the policy': (whole) => whole.length - 900,
  'before its end': (whole) => whole.lastIndexOf(')'),
};

const ANSWERS: Record<string, (route: Route) => Promise<void> | void> = {
  ...Object.fromEntries(
    Object.entries(CUTS).map(([name, cut]) => {
      const half = (route: Route) => {
        const whole = script(visit.server.policy);
        return route.fulfill({ contentType: 'text/javascript', body: whole.slice(0, cut(whole)) });
      };
      return [name, half];
    }),
  ),
  'nothing at all': (route) => route.abort('connectionreset'),
  'no answer yet': () => {},
  'an error': (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"type":"about:blank","status":500}' }),
  'a page in its stead': (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Sign in to this network</title>' }),
  empty: (route) => route.fulfill({ contentType: 'text/javascript', body: '' }),
};

test.each(Object.keys(ANSWERS))('scriptThatDoesNotCome_grantsNothing: %s', async (name) => {
  const before = await open();
  await press(before, 'accept-all'); // Not even to those who have agreed.
  await until(() => visit.server.posts.length === 1 && ['/held.js', '/map'].every((path) => visit.server.requests.includes(path)));
  visit.server.requests = [];
  const page = await before.context().newPage();
  await page.route(SCRIPT, ANSWERS[name]!);
  const tried = page.waitForRequest(SCRIPT);
  await page.goto(visit.server.origin, { waitUntil: 'domcontentloaded' });
  await tried;
  if (name !== 'no answer yet') await page.waitForLoadState('load');
  expect(await page.evaluate(() => [typeof window.assent, document.getElementById('assent')])).toEqual(['undefined', null]);
  await page.click('#first');
  expect(page.url()).toContain('#basket');
  expect(await ran(page)).toEqual([]);
  expect(visit.server.requests.filter((path) => path === '/held.js' || path === '/map')).toEqual([]);
});

test('serviceThatHangs_choiceHoldsAndGoesWithTheNextPage', async () => {
  const page = await open();
  visit.server.answer = Infinity;
  await press(page, 'accept-all');
  await until(() => visit.server.posts.length === 1);
  expect(await count(page, BANNER)).toBe(0);
  await expect.poll(() => ran(page)).toEqual(['/held.js']);
  expect(await outbox(page)).toBe(1);
  visit.server.answer = 201;
  await page.reload();
  await isReady(page);
  expect(await choices(page)).toEqual(GRANTED);
  await until(() => visit.server.posts.length === 2);
  expect(visit.server.posts[1]!.choice).toEqual(visit.server.posts[0]!.choice);
  await expect.poll(() => outbox(page)).toBe(0);
});

test('noScript_setsAndAsksForNothing', async () => {
  visit.server.pages['/'] = shop('en', { head: TAG, body: HELD + '<noscript><p id="plain">It works without scripts.</p></noscript>' });
  const browser = (await visit.open()).context().browser()!;
  visit.server.requests = [];
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(visit.server.origin);
  expect(await page.innerText('#plain')).toContain('without scripts');
  expect(await count(page, '#assent')).toBe(0);
  expect(await context.cookies()).toEqual([]);
  expect(visit.server.requests.filter((path) => !path.startsWith('/w/'))).toEqual(['/']);
});
