// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// A coming version is announced.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Payload } from '../../src/types';
import { violations } from '../axe';
import { hashOf } from '../policy.mjs';
import { hostile } from '../sites.mjs';
import { BANNER, count, isReady, press, until, visits } from './page';

const visit = visits();
const NOTICE = '[data-assent=notice]';
const DAY = 86_400;
const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ').trim();
const asked = () => visit.server.requests.filter((path) => path.startsWith('/w/details/') || path.startsWith('/v1/artefacts/'));

/** The live script announces version 13, which adds advertising, from `from` days ago, in `at` days. */
function announce({ from = 1, at = 14, material = true, ...coming }: { from?: number; at?: number; material?: boolean } & Partial<Payload> = {}): void {
  const { policy } = visit.server;
  const next = { ...policy, version: 13, material, purposes: [...policy.purposes.filter(({ id }) => id !== 'theme'), { id: 'marketing', since: 13 }], notice: undefined, ...coming } as Payload;
  next.texts = Object.fromEntries(Object.entries(policy.texts).map(([language, texts]) => [language, { ...texts, purposes: { ...texts.purposes, marketing: { name: 'Advertising <b>', description: '' } } }]));
  next.sha256 = hashOf(next);
  const now = Math.trunc(Date.now() / 1000);
  visit.server.coming = next;
  policy.notice = { version: 13, sha256: next.sha256, from: now - from * DAY, at: now + at * DAY };
  visit.server.requests = [];
}

async function answered(options?: Parameters<typeof visit.open>[0]): Promise<Page> {
  const page = await visit.open(options);
  await press(page, 'accept-all');
  await until(() => visit.server.posts.length === 1);
  return page;
}

async function again(page: Page): Promise<void> {
  await page.reload();
  await isReady(page);
}

test('notice_saysWhenAndWhat', async () => {
  const page = await answered();
  announce();
  await again(page);
  await page.waitForSelector(NOTICE);
  const date = new Date(visit.server.policy.notice!.at * 1000).toLocaleDateString('en', { dateStyle: 'long' });
  expect(plain(await page.innerText(NOTICE))).toBe(
    `A change is coming From ${date}, Linden & Sons uses cookies in a new way. Until then nothing changes for you. New: Advertising <b> No longer used: Appearance You will be asked again then. Privacy policy I have read this`,
  );
  expect(await page.getAttribute(`${NOTICE} [data-assent=privacy]`, 'href')).toBe('https://shop.example/privacy');
});

test('noticeOfALesserVersion_doesNotSpeakOfAsking', async () => {
  const page = await answered();
  announce({ material: false });
  await again(page);
  expect(await page.innerText(NOTICE)).not.toContain('asked again');
});

test('readNotice_neverComesBackNorIsLoaded', async () => {
  const page = await answered();
  announce();
  await again(page);
  await page.click('[data-assent=notice-close]');
  expect(await count(page, NOTICE)).toBe(0);
  expect(await page.evaluate(() => localStorage['assent.k7Q2mZ0pRb.notice'])).toBe('13');
  visit.server.requests = [];
  await again(page);
  await page.waitForLoadState('networkidle');
  expect(asked()).toEqual([]);
  visit.server.policy.notice!.version = 14;
  visit.server.coming!.version = 14;
  visit.server.policy.notice!.sha256 = visit.server.coming!.sha256 = hashOf(visit.server.coming!);
  await again(page);
  await page.waitForSelector(NOTICE);
});

test('visitorWhoIsAsked_isNotToldNow_butOnTheNextPage', async () => {
  const page = await visit.open();
  announce();
  await again(page);
  expect(await count(page, BANNER)).toBe(1);
  await press(page, 'reject-all');
  await until(() => visit.server.posts.length === 1);
  await page.waitForLoadState('networkidle');
  expect(asked()).toEqual([]);
  expect(await count(page, NOTICE)).toBe(0);
  await again(page);
  await page.waitForSelector(NOTICE);
});

test('before_itsTime_nothingIsLoaded', async () => {
  const page = await answered();
  announce({ from: -1 });
  await again(page);
  await page.waitForLoadState('networkidle');
  expect(asked()).toEqual([]);
});

test('after_itsTime_nothingIsShown', async () => {
  const page = await answered();
  announce({ from: 20, at: -1 });
  await again(page);
  await page.waitForLoadState('networkidle');
  expect(await count(page, NOTICE)).toBe(0);
});

test.each(['live', 'coming'])('documentThatIsNotTheOneNamed_announcesNothing: %s', async (which) => {
  const page = await answered();
  announce();
  const hash = which === 'live' ? visit.server.policy.sha256 : visit.server.coming!.sha256;
  visit.server.alter = (path, body) => (path.endsWith(hash) ? body.replace('P6M', 'P9M') : body);
  await again(page);
  await until(() => asked().length === 3);
  await page.waitForLoadState('networkidle');
  expect(asked().length).toBe(3);
  expect(await count(page, NOTICE)).toBe(0);
});

test('notice_takesNoFocusAndIsReachedFirst', async () => {
  const page = await answered();
  announce();
  await again(page);
  await page.waitForSelector(NOTICE);
  expect(await page.evaluate(() => document.activeElement!.tagName)).toBe('BODY');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const hook = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.assent);
  expect(await hook()).toBe('notice-close');
  await page.keyboard.press('Enter');
  expect(await count(page, NOTICE)).toBe(0);
  expect(await hook()).toBe('reopen');
});

test('openPreferences_areNeverCovered', async () => {
  const page = await answered();
  announce();
  let letGo = () => {};
  const held = new Promise<void>((done) => (letGo = done));
  await page.route(`**/v1/artefacts/${visit.server.coming!.sha256}`, async (route) => (await held, route.continue()));
  await again(page);
  await page.click('#open');
  await page.waitForSelector('[data-assent=responsible]');
  const answer = page.waitForResponse(`**/v1/artefacts/${visit.server.coming!.sha256}`);
  letGo();
  await (await answer).finished();
  expect(await count(page, NOTICE)).toBe(0);
  await page.keyboard.press('Escape');
  await page.waitForSelector(NOTICE);
});

test('hostilePage_cannotChangeTheLook', async () => {
  visit.server.pages['/hostile'] = hostile();
  const look = async (path: string) => {
    const page = await answered({ path });
    announce();
    await again(page);
    await page.waitForSelector(NOTICE);
    visit.server.posts = [];
    return page.$$eval(`${NOTICE}, ${NOTICE} *`, (all) =>
      all.map((it) => {
        const style = getComputedStyle(it);
        const { x, y, width, height } = it.getBoundingClientRect();
        return [it.tagName, x, y, width, height, ...['color', 'backgroundColor', 'fontFamily', 'fontSize', 'letterSpacing', 'lineHeight', 'opacity', 'textTransform', 'transform', 'visibility', 'float', 'borderRadius', 'textAlign'].map((name) => style[name as never])].join(' ');
      }),
    );
  };
  expect(await look('/hostile')).toEqual(await look('/'));
});

for (const [name, options] of Object.entries({
  light: {},
  dark: { browser: { colorScheme: 'dark' as const } },
  arabic: { policy: { languages: ['ar'], defaultLanguage: 'ar' } },
  phone: { browser: { viewport: { width: 320, height: 568 } } },
  zoomed: { browser: { viewport: { width: 320, height: 256 } } },
}))
  test(`axe_findsNothing_andItStaysOnTheScreen: ${name}`, async () => {
    const page = await answered(options);
    announce();
    await again(page);
    await page.waitForSelector(NOTICE);
    expect(await violations(page)).toEqual([]);
    const [box, way] = [await page.locator(NOTICE).boundingBox(), await page.locator('[data-assent=reopen]').boundingBox()];
    const { width, height } = page.viewportSize()!;
    expect([box!.x >= 0, box!.y >= 0, box!.x + box!.width <= width, box!.y + box!.height <= height]).toEqual([true, true, true, true]);
    expect(box!.y + box!.height <= way!.y || box!.x >= way!.x + way!.width || box!.x + box!.width <= way!.x).toBe(true);
    expect(await page.locator('[data-assent=notice-close]').boundingBox()).toMatchObject({ height: 46 });
  });

