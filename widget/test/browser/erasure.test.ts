// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Visitors delete what was recorded of them.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from '../axe';
import { shop } from '../sites.mjs';
import { BANNER, GRANTED, REFUSED, choices, count, isReady, press, until, visits } from './page';

const visit = visits();
const SAID = '[data-assent=erasure] > [role=status]';

async function answeredAndOpened(options?: Parameters<typeof visit.open>[0]): Promise<Page> {
  const page = await visit.open(options);
  await press(page, 'accept-all');
  await until(() => visit.server.posts.length === 1);
  await page.click('#open');
  await page.waitForSelector('[data-assent=erase]');
  return page;
}

async function erase(page: Page): Promise<void> {
  await page.click('[data-assent=erase]');
  await page.click('[data-assent=erase-confirm]');
}

const kept = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('assent.')));
const hook = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement).dataset.assent);

test('erasure_removesAllThatIsKeptHereAndThere', async () => {
  const page = await answeredAndOpened();
  const { secret, id } = visit.server.posts[0]!.choice;
  await page.evaluate(() => {
    document.cookie = '_ga=1';
    document.addEventListener('assent:change', (event) => ((window as unknown as { heard: unknown }).heard = event.detail));
  });
  await erase(page);
  await page.waitForSelector('[data-assent=erased]');
  expect(visit.server.asked).toEqual([{ path: '/v1/visitors/erase', body: { site: 'k7Q2mZ0pRb', secret } }]);
  expect(visit.server.records).toEqual([]);
  expect(await kept(page)).toEqual([]);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(await choices(page)).toEqual(REFUSED);
  expect(await page.evaluate(() => (window as unknown as { heard: unknown }).heard)).toEqual({ choices: REFUSED, cause: 'erased' });
  expect(await page.innerText('#assent > [role=status]')).toBe('Your records are deleted.');
  expect(await page.innerText('[data-assent=erased]')).toContain('Your records are deleted.');
  await page.click('[data-assent=notice-close]');
  await page.reload();
  await isReady(page);
  expect(await count(page, BANNER)).toBe(1);
  await press(page, 'accept-all');
  await until(() => visit.server.posts.length === 2);
  const { choice } = visit.server.posts[1]!;
  expect(choice.secret).not.toBe(secret);
  expect(choice.previous).toBeUndefined();
  expect(choice.id).not.toBe(id);
});

test('erasure_takesTheGrantsOfOtherTabsToo', async () => {
  const page = await answeredAndOpened();
  const other = await page.context().newPage();
  await other.goto(visit.server.origin);
  await isReady(other);
  expect(await choices(other)).toEqual(GRANTED);
  await erase(page);
  await expect.poll(() => choices(other)).toEqual(REFUSED);
  expect(await kept(other)).toEqual([]);
});

test('erasure_isOfferedAgainOnlyWhenThereIsSomethingAgain', async () => {
  const page = await answeredAndOpened();
  await erase(page);
  await page.waitForSelector('[data-assent=erased]');
  await page.click('#open');
  await page.waitForSelector('[data-assent=responsible]');
  expect(await count(page, '[data-assent=erase], [data-assent=history], [data-assent=your-record]')).toBe(0);
  await page.click('#assent dialog [data-assent=reject-all]');
  await page.click('#open');
  await page.waitForSelector('[data-assent=erase]');
});

test('erasure_takesTwoStepsAndEnterPressedTwiceKeepsEverything', async () => {
  const page = await answeredAndOpened();
  await page.focus('[data-assent=erase]');
  await page.keyboard.press('Enter');
  expect(await hook(page)).toBe('erase-cancel');
  expect(await page.locator('[data-assent=erase-cancel]').evaluate((it) => document.getElementById(it.getAttribute('aria-describedby')!)!.textContent)).toContain('It cannot be undone.');
  await page.keyboard.press('Enter');
  expect(await hook(page)).toBe('erase');
  expect(await page.isVisible('[data-assent=erase-confirm]')).toBe(false);
  expect(visit.server.asked).toEqual([]);
  expect(await choices(page)).toEqual(GRANTED);
});

test('erasure_byKeyboard_movesFocusOnToTheWayBack', async () => {
  const page = await visit.open();
  await press(page, 'accept-all');
  await until(() => visit.server.posts.length === 1);
  await page.focus('[data-assent=reopen]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-assent=erase]');
  await page.focus('[data-assent=erase]');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  expect(await hook(page)).toBe('erase-confirm');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-assent=erased]');
  await expect.poll(() => hook(page)).toBe('reopen');
});

test.each([503, 0, 404])('failure_isSaidInPlaceAndChangesNothing: %s', async (answer) => {
  const page = await answeredAndOpened({ expectErrors: true });
  const before = await kept(page);
  visit.server.visitorAnswer = answer;
  await erase(page);
  await expect.poll(() => page.innerText(SAID)).toContain('could not be deleted now');
  expect(await hook(page)).toBe('erase-confirm');
  expect(await kept(page)).toEqual(before);
  expect(await choices(page)).toEqual(GRANTED);
  expect(await page.evaluate(() => document.cookie)).toContain('assent=v1.12.');
  visit.server.visitorAnswer = 200;
  await page.click('[data-assent=erase-confirm]');
  await page.waitForSelector('[data-assent=erased]');
});

test('answerThatIsNoErasure_isAFailure', async () => {
  const page = await answeredAndOpened();
  await page.route('**/v1/visitors/erase', (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Sign in to this network</h1>', headers: { 'access-control-allow-origin': '*' } }));
  await erase(page);
  await expect.poll(() => page.innerText(SAID)).toContain('could not be deleted now');
});

test('serviceThatHangs_canBeLeft', async () => {
  const page = await answeredAndOpened();
  visit.server.visitorAnswer = Infinity;
  await erase(page);
  await page.waitForSelector('[aria-busy=true]');
  for (const busy of ['erase-confirm', 'erase-cancel']) await page.$eval(`[data-assent=${busy}]`, (it: HTMLElement) => it.click());
  await until(() => visit.server.asked.length === 1);
  expect(await page.isVisible('[data-assent=erase-confirm]')).toBe(true);
  await page.keyboard.press('Escape');
  await page.waitForSelector('#assent dialog', { state: 'detached' });
  expect(await choices(page)).toEqual(GRANTED);
});

test('choiceThatCannotBeSent_goesWithTheRest', async () => {
  visit.server.answer = 503;
  const page = await answeredAndOpened({ expectErrors: true });
  await erase(page);
  await page.waitForSelector('[data-assent=erased]');
  expect(await kept(page)).toEqual([]);
  visit.server.answer = 201;
  const sent = visit.server.posts.length;
  await page.reload();
  await isReady(page);
  await page.waitForLoadState('networkidle');
  expect(visit.server.posts.length).toBe(sent);
});

test('choiceThatCannotBeSent_isKeptWhereTheErasureFails', async () => {
  visit.server.answer = 503;
  const page = await answeredAndOpened({ expectErrors: true });
  visit.server.visitorAnswer = 503;
  await erase(page);
  await expect.poll(() => page.innerText(SAID)).toContain('could not be deleted now');
  visit.server.answer = 201;
  await page.reload();
  await isReady(page);
  await until(() => visit.server.records.length === 1);
});

test('choiceMadeMeanwhile_isErasedToo', async () => {
  const page = await answeredAndOpened();
  let letGo = () => {};
  const held = new Promise<void>((done) => (letGo = done));
  await page.route('**/v1/visitors/erase', async (route) => (await held, route.continue()));
  await erase(page);
  await page.keyboard.press('Escape');
  await page.evaluate(() => window.assent!.set({ theme: true }));
  await until(() => visit.server.records.length === 2);
  letGo();
  await page.waitForSelector('[data-assent=erased]');
  expect(visit.server.records).toEqual([]);
  expect(visit.server.asked.length).toBe(2);
});

test('whatRanUnderConsent_isGoneAfterTheReload', async () => {
  visit.server.pages['/'] = shop('en', { body: '<script type="text/plain" data-assent="analytics" src="/held.js"></script>' });
  const page = await answeredAndOpened();
  await page.waitForFunction(() => 'ran' in window);
  await page.click('[data-assent=erase]');
  await Promise.all([page.waitForEvent('load'), page.click('[data-assent=erase-confirm]')]);
  await isReady(page);
  expect(await count(page, BANNER)).toBe(1);
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
});

for (const [name, options] of Object.entries({
  light: {},
  dark: { browser: { colorScheme: 'dark' as const } },
  arabic: { policy: { languages: ['ar'], defaultLanguage: 'ar' } },
  phone: { browser: { viewport: { width: 320, height: 568 } } },
}))
  test(`axe_findsNothing: ${name}`, async () => {
    visit.server.pages['/'] = shop('');
    const page = await answeredAndOpened({ ...options, expectErrors: true });
    await page.click('[data-assent=trackers] summary');
    await page.click('[data-assent=history] summary');
    await page.waitForSelector('[data-assent=past-record]');
    expect(await violations(page)).toEqual([]);
    visit.server.visitorAnswer = 503;
    await erase(page);
    await page.waitForSelector(`${SAID}:not(:empty)`);
    expect(await violations(page)).toEqual([]);
    const small = await page.$$eval('#assent dialog :is(button, summary, a, label)', (all) => all.filter((it) => it.getClientRects().length && it.getBoundingClientRect().height < 24 && !it.closest('.assent-words > p')).map((it) => it.outerHTML));
    expect(small).toEqual([]);
    visit.server.visitorAnswer = 200;
    await page.click('[data-assent=erase-confirm]');
    await page.waitForSelector('[data-assent=erased]');
    expect(await violations(page)).toEqual([]);
  });
