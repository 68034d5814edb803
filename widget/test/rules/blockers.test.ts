// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Blockers that hide banners: nobody is asked, so nothing is granted, and the page is none the worse for it.

import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { choices, count, REFUSED, visits } from '../browser/page';
import { shop } from '../sites.mjs';

const visit = visits();
const HELD = '<script type="text/plain" data-assent="analytics" src="/count.js"></script><iframe data-assent="analytics" data-src="/film" title="Film"></iframe>';

/** As an element hider without a style sheet of the user's own does it, with what nothing of the page can outweigh. */
const HIDE = `new MutationObserver(() => document.getElementById('assent')?.style.setProperty('display', 'none', 'important')).observe(document, { childList: true, subtree: true });`;
const REMOVE = `new MutationObserver(() => document.getElementById('assent')?.remove()).observe(document, { childList: true, subtree: true });`;

async function blocked(head: string): Promise<Page> {
  visit.server.pages['/'] = shop('en', { head: `${head}<script async src="/w/k7Q2mZ0pRb.js"></script>`, body: HELD });
  const page = await visit.open();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return page;
}

async function isUnasked(page: Page): Promise<void> {
  expect(await choices(page)).toEqual(REFUSED);
  expect(visit.server.posts).toEqual([]);
  expect(visit.server.requests).not.toContain('/count.js');
  expect(visit.server.requests).not.toContain('/film');
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual([]);
  await page.click('#first', { timeout: 5_000 });
  expect(page.url()).toMatch(/#basket$/);
}

test.each([
  ['hidden', HIDE],
  ['removed', REMOVE],
])('banner_%s_nothingIsGranted_pageStillWorks', async (_how, code) => {
  const page = await blocked(`<script>${code}</script>`);
  expect(await page.locator('#assent [data-assent=banner]').isVisible()).toBe(false);
  await isUnasked(page);
});

test('styleOfThePage_cannotHideTheBanner', async () => {
  const page = await blocked('<style>#assent{display:none!important}</style>');
  expect(await page.locator('#assent [data-assent=banner]').isVisible()).toBe(true);
});

test('genericHiding_ofOthersBanners_missesOurs', async () => {
  const page = await blocked('<style>[id*="cookie" i],[class*="cookie" i],[id*="consent" i],[class*="consent" i],[class*="gdpr" i],[aria-label*="cookie" i]{display:none!important}</style>');
  expect(await page.locator('#assent [data-assent=banner]').isVisible()).toBe(true);
});

// Fails as long as the core leaves an unseen modal dialog open, which makes the page inert: then `.fails` has to go.
test('hidden_settings_doNotLockThePage', async () => {
  const page = await blocked(`<script>${HIDE}</script>`);
  await page.click('#open');
  await isUnasked(page);
  expect(await count(page, '#assent dialog')).toBeLessThanOrEqual(1);
});
