// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from '../axe';
import { hostile, shop } from '../sites.mjs';
import { BANNER, GRANTED, REFUSED, TAG, choices, count, isReady, press, until, visits } from './page';

const visit = visits();
const focused = (page: Page) =>
  page.evaluate(() => {
    const it = document.activeElement as HTMLElement;
    return it.dataset.assent === 'switch' ? (it as HTMLInputElement).name : it.dataset.assent || it.id || it.tagName.toLowerCase();
  });

async function walk(page: Page, steps: number): Promise<string[]> {
  const path: string[] = [];
  for (let step = 0; step < steps; step++) {
    await page.keyboard.press('Tab');
    path.push(await focused(page));
  }
  return path;
}

test('keyboard_goesEverywhereAndComesBack', async () => {
  const page = await visit.open();
  expect(await focused(page)).toBe('body');
  expect(await walk(page, 5)).toEqual(['privacy', 'accept-all', 'reject-all', 'choose', 'first']);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  expect(await focused(page)).toBe('h2');
  await page.waitForSelector('[data-assent=contact]');
  expect(await walk(page, 9)).toEqual(['close', 'privacy', 'summary', 'theme', 'summary', 'analytics', 'summary', 'contact', 'accept-all']);
  expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).toBe('solid');
  await page.keyboard.press('Escape');
  await page.waitForSelector('#assent dialog', { state: 'detached' });
  expect(await focused(page)).toBe('choose');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-assent=contact]');
  expect(await walk(page, 4)).toEqual(['close', 'privacy', 'summary', 'theme']);
  await page.keyboard.press('Space');
  await walk(page, 7);
  expect(await focused(page)).toBe('save');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#assent dialog', { state: 'detached' });
  expect(await choices(page)).toEqual({ ...REFUSED, theme: true });
  expect(await focused(page)).toBe('reopen');
  expect(await page.innerText('#assent [role=status]')).toBe('Your choice is saved.');
  await page.keyboard.press('Space');
  expect(await focused(page)).toBe('h2');
  await page.keyboard.press('Escape');
  await page.waitForSelector('#assent dialog', { state: 'detached' });
  expect(await focused(page)).toBe('reopen');
  await page.focus('#open');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.waitForSelector('#assent dialog', { state: 'detached' });
  expect(await focused(page)).toBe('open');
});

test('keyboard_answersTheBanner', async () => {
  const page = await visit.open();
  await walk(page, 3);
  await page.keyboard.press('Enter');
  await until(() => visit.server.posts.length === 1);
  expect(visit.server.posts[0]!.choice.action).toBe('reject_all');
  expect(await focused(page)).toBe('reopen');
});

test('mouse_leavesFocusAlone', async () => {
  const page = await visit.open();
  await press(page, 'accept-all');
  expect(await focused(page)).toBe('body');
});

test('names_areThoseThatAreSeen', async () => {
  const page = await visit.open();
  expect(await page.locator(BANNER).ariaSnapshot()).toContain('region "Your choice about cookies"');
  await press(page, 'choose');
  const tree = await page.locator('#assent dialog').ariaSnapshot();
  for (const line of ['dialog "Cookie settings"', 'button "Close without changes"', 'switch "Needed for this site Always on" [checked] [disabled]', 'switch "Appearance"'])
    expect(tree).toContain(line);
});

for (const [name, options] of Object.entries({
  light: {},
  dark: { browser: { colorScheme: 'dark' as const } },
  arabic: { policy: { languages: ['ar'], defaultLanguage: 'ar' } },
  phone: { browser: { viewport: { width: 320, height: 568 } } },
  accent: { policy: { appearance: { accent: '#b4540a', position: 'center' as const } }, browser: { colorScheme: 'dark' as const } },
}))
  test(`axe_findsNothing: ${name}`, async () => {
    visit.server.pages['/'] = shop('', { body: '<iframe data-assent="analytics" data-src="/frame" width="600" height="300" title="Map"></iframe>' });
    const page = await visit.open(options);
    await page.waitForSelector('[data-assent=placeholder]');
    expect(await violations(page)).toEqual([]);
    await press(page, 'choose');
    await page.click('summary >> nth=2');
    expect(await violations(page)).toEqual([]);
    await page.click('dialog [data-assent=accept-all]');
    await page.click('#open');
    expect(await violations(page)).toEqual([]);
  });

test('strictCsp_isEnough', async () => {
  const headers = { 'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'" };
  visit.server.pages['/'] = { body: `<!doctype html><html lang="en"><title>x</title>${TAG}<body><p>Hello`, headers };
  const page = await visit.open({ policy: { appearance: { accent: '#123456' } } });
  expect(await page.$eval('[data-assent=accept-all]', (it) => getComputedStyle(it).backgroundColor)).toBe('rgb(18, 52, 86)');
  await press(page, 'accept-all');
  await until(() => visit.server.posts.length === 1);
});

test('noStorage_nothingBreaks', async () => {
  visit.server.pages['/'] = { body: shop(), headers: { 'content-security-policy': 'sandbox allow-scripts' } };
  const page = await visit.open();
  await press(page, 'accept-all');
  expect(await count(page, BANNER)).toBe(0);
  expect(await choices(page)).toEqual(GRANTED);
  await until(() => visit.server.posts.length === 1);
  await page.evaluate(() => window.assent!.withdraw());
  await until(() => visit.server.posts.length === 2);
  expect(visit.server.posts[1]!.choice).toMatchObject({ secret: visit.server.posts[0]!.choice.secret, previous: visit.server.posts[0]!.choice.id });
});

test('missingApis_nothingBreaks', async () => {
  const page = await visit.open();
  await page.addInitScript(() => {
    for (const name of ['CSSStyleSheet', 'fetch', 'indexedDB', 'AbortSignal', 'ResizeObserver']) Object.defineProperty(window, name, { value: undefined });
    Object.defineProperty(HTMLElement.prototype, 'togglePopover', { value: undefined });
  });
  await page.reload();
  await isReady(page);
  expect(await page.$eval('[data-assent=accept-all]', (it) => getComputedStyle(it).backgroundColor)).toBe('rgb(15, 76, 92)');
  await press(page, 'reject-all');
  expect(await choices(page)).toEqual(REFUSED);
});

test('brokenPolicy_showsNothingGrantsNothingThrowsNothing', async () => {
  visit.server.pages['/'] = shop('en', { body: '<script type="text/plain" data-assent="analytics" src="/held.js"></script>' });
  const page = await visit.open({ expectErrors: true });
  await press(page, 'accept-all');
  await until(() => visit.server.requests.includes('/held.js'));
  visit.server.requests = [];
  visit.server.policy = { ...visit.server.policy, purposes: undefined as never };
  await page.reload();
  await page.waitForLoadState('networkidle');
  expect(visit.server.requests).not.toContain('/held.js');
});

test('markup_isShownAsText', async () => {
  const policy = { languages: ['en'] };
  const page = await visit.open({ policy });
  const bad = '<img src=x onerror="window.bad=1"><b>x</b>';
  const { en } = visit.server.policy.texts;
  for (const key of Object.keys(en!) as (keyof typeof en)[]) if (typeof en![key] === 'string') (en as unknown as Record<string, string>)[key] = bad;
  visit.server.policy.privacyPolicyUrl = 'javascript:window.bad=1';
  visit.server.policy.purposes[1]!.trackers![0]!.name = bad;
  await page.reload();
  await isReady(page);
  expect(await page.innerText('[data-assent=accept-all]')).toBe(bad);
  await press(page, 'choose');
  expect(await count(page, '#assent img, #assent [data-assent=privacy]')).toBe(0);
  expect(await page.evaluate(() => 'bad' in window)).toBe(false);
});

test('hostilePage_cannotChangeTheLook', async () => {
  visit.server.pages['/hostile'] = hostile();
  const look = (page: Page) =>
    page.$$eval('#assent section, #assent section *', (all) =>
      all.map((it) => {
        const style = getComputedStyle(it);
        const { x, y, width, height } = it.getBoundingClientRect();
        return [it.tagName, x, y, width, height, ...['color', 'backgroundColor', 'fontFamily', 'fontSize', 'letterSpacing', 'lineHeight', 'opacity', 'textTransform', 'transform', 'visibility', 'float', 'borderRadius', 'textAlign'].map((name) => style[name as never])].join(' ');
      }),
    );
  const calm = await look(await visit.open());
  const page = await visit.open({ path: '/hostile' });
  expect(await look(page)).toEqual(calm);
  const top = await page.evaluate(() => {
    const { x, y, width, height } = document.querySelector('[data-assent=reject-all]')!.getBoundingClientRect();
    return (document.elementFromPoint(x + width / 2, y + height / 2) as HTMLElement).dataset.assent;
  });
  expect(top).toBe('reject-all');
});

test('page_isNotShiftedLockedOrSlowed', async () => {
  const page = await visit.open();
  const shift = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        let sum = 0;
        const observer = new PerformanceObserver((list) => {
          list.getEntriesByType('layout-shift').forEach((it) => (sum += (it as unknown as { value: number }).value));
          if (list.getEntriesByName('painted').length) done(sum);
        });
        for (const type of ['layout-shift', 'mark']) observer.observe({ type, buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('painted')));
      }),
  );
  expect(shift).toBe(0);
  expect(await page.evaluate(() => [document.body, document.documentElement].map((it) => getComputedStyle(it).overflow))).toEqual(['visible', 'visible']);
  await press(page, 'choose');
  expect(await page.evaluate(() => getComputedStyle(document.body).overflow)).toBe('visible');
});

test.each([
  [320, 568],
  [320, 256],
  [390, 844],
  [1280, 800],
])('fits: %i × %i', async (width, height) => {
  for (const languages of [['de'], ['ar']]) {
    const page = await visit.open({ policy: { languages, defaultLanguage: languages[0]! }, browser: { viewport: { width, height }, locale: languages[0]! } });
    const fits = () =>
      page.$$eval('#assent *', (all) =>
        all
          .filter((it) => !it.matches('[role=status], .assent-reopen *'))
          .filter((it) => it.getBoundingClientRect().left < -1 || it.getBoundingClientRect().right > innerWidth + 1)
          .map((it) => it.outerHTML.slice(0, 80)),
      );
    expect(await fits()).toEqual([]);
    expect((await page.locator(BANNER).boundingBox())!.height).toBeLessThanOrEqual(height < 480 ? height : height / 2);
    await press(page, 'choose');
    await page.click('summary >> nth=2');
    expect(await fits()).toEqual([]);
    const small = await page.$$eval('#assent dialog :is(button:not(.assent-plain),label)', (all) => all.filter((it) => it.getBoundingClientRect().height < 44).map((it) => it.outerHTML));
    expect(small).toEqual([]);
    await page.context().close();
  }
});

test('pageThatReplacesItsBody_isAskedAgain', async () => {
  const page = await visit.open();
  await page.evaluate(() => {
    const body = document.createElement('body');
    body.append('rendered anew');
    document.body.replaceWith(body);
  });
  await page.waitForSelector(BANNER);
  await press(page, 'reject-all');
  await until(() => visit.server.posts.length === 1);
});

test('gpc_isSaid', async () => {
  const page = await visit.open();
  await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  await page.reload();
  await isReady(page);
  await press(page, 'choose');
  expect(await page.innerText('[data-assent=gpc]')).toContain('Global Privacy Control');
  expect(await choices(page)).toEqual(REFUSED);
});

test('clickOnTheDocumentItself_isNoError', async () => {
  const page = await visit.open();
  await page.evaluate(() => document.dispatchEvent(new Event('click')));
});
