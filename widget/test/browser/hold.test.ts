// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { expect, test } from 'vitest';
import { shop } from '../sites.mjs';
import { choices, count, isReady, press, until, visits } from './page';

const visit = visits();

const SCRIPTS = `
<script type="text/plain" data-assent="analytics">(window.ran ??= []).push('inline 1')</script>
<script type="text/plain" data-assent="analytics" src="/slow.js" id="kept" data-x="1" crossorigin="anonymous"></script>
<script type="text/plain" data-assent="analytics">(window.ran ??= []).push('inline 2', document.getElementById('kept').dataset.x)</script>
<script type="text/plain" data-assent="analytics" data-type="module">(window.ran ??= []).push('module')</script>
<script type="text/plain" data-assent="theme">(window.ran ??= []).push('theme')</script>
<script type="text/plain" data-assent="theme analytics">(window.ran ??= []).push('both')</script>
<script type="text/plain" data-assent="unknown" src="/unknown.js"></script>
<script type="text/plain" data-assent src="/unnamed.js"></script>`;
const MEDIA = `
<iframe data-assent="analytics" data-src="/frame" width="400" height="300" title="Map"></iframe>
<img data-assent="analytics" data-src="/pixel.png" alt=""><video data-assent="analytics"><source data-src="/film.mp4"></video>
<link rel="stylesheet" data-assent="theme" data-href="/theme.css">`;
const ran = (page: Awaited<ReturnType<typeof visit.open>>) => page.evaluate(() => (window as { ran?: string[] }).ran ?? []);

test('held_nothingIsRequestedOrRunWithoutConsent', async () => {
  visit.server.pages['/'] = shop('en', { body: SCRIPTS + MEDIA });
  const page = await visit.open();
  await page.waitForSelector('[data-assent=placeholder]');
  await press(page, 'reject-all');
  await page.reload();
  await isReady(page);
  await page.waitForLoadState('networkidle');
  expect(await ran(page)).toEqual([]);
  expect(new Set(visit.server.requests)).toEqual(new Set(['/', '/w/k7Q2mZ0pRb.js', '/v1/sites/k7Q2mZ0pRb/consents']));
});

test('released_inDocumentOrderWithTheirAttributes', async () => {
  visit.server.pages['/'] = shop('en', { body: SCRIPTS + MEDIA });
  visit.server.pages['/frame'] = 'a map';
  const page = await visit.open();
  await press(page, 'accept-all');
  await expect.poll(() => ran(page)).toEqual(['inline 1', '/slow.js', 'inline 2', '1', 'theme', 'both', 'module']);
  expect(await page.getAttribute('#kept', 'crossorigin')).toBe('anonymous');
  await until(() => ['/frame', '/pixel.png', '/film.mp4', '/theme.css'].every((it) => visit.server.requests.includes(it)));
  expect(await count(page, '[data-assent=placeholder]')).toBe(0);
  for (const path of ['/unknown.js', '/unnamed.js']) expect(visit.server.requests).not.toContain(path);
});

test('released_onlyWhatIsGranted', async () => {
  visit.server.pages['/'] = shop('en', { body: SCRIPTS });
  const page = await visit.open();
  await page.evaluate(() => window.assent!.set({ theme: true }));
  await expect.poll(() => ran(page)).toEqual(['theme']);
});

test('storedChoice_releasesAtPageLoadAndTellsThePage', async () => {
  visit.server.pages['/'] = shop('en', { body: SCRIPTS });
  const page = await visit.open();
  await press(page, 'accept-all');
  await visit.recorded(page, 1);
  await page.addInitScript(() => document.addEventListener('assent:change', ({ detail }) => ((window as { cause?: string }).cause = detail.cause)));
  await page.reload();
  await expect.poll(() => ran(page)).toContain('inline 2');
  expect(await page.evaluate(() => (window as { cause?: string }).cause)).toBe('stored');
  expect(visit.server.posts.length).toBe(1);
});

test('addedLater_isHeldToo', async () => {
  const page = await visit.open();
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.type = 'text/plain';
    script.dataset.assent = 'analytics';
    script.src = '/later.js';
    const frame = document.createElement('iframe');
    frame.dataset.assent = 'analytics';
    frame.dataset.src = '/frame';
    const box = document.createElement('div');
    box.append(script, frame);
    document.querySelector('main')!.append(box);
  });
  await page.waitForSelector('[data-assent=placeholder]');
  await press(page, 'accept-all');
  await expect.poll(() => ran(page)).toEqual(['/later.js']);
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.dataset.assent = 'analytics';
    frame.dataset.src = '/frame?2';
    document.body.append(frame);
  });
  await until(() => visit.server.requests.filter((path) => path === '/frame').length === 2);
});

test('frame_isShownOnceWhereAskedAndKeepsItsPlace', async () => {
  visit.server.pages['/'] = shop('en', { body: MEDIA });
  visit.server.pages['/frame'] = 'a map';
  const page = await visit.open();
  const cover = await page.waitForSelector('[data-assent=placeholder]');
  const { width, height } = (await cover.boundingBox())!;
  expect([width, height]).toEqual([404, 304]);
  expect(await cover.innerText()).toContain('This content comes from localhost. It is loaded only if you agree to “Visitor statistics”.');
  await page.click('[data-assent=placeholder] [data-assent=allow-once]');
  await until(() => visit.server.requests.includes('/frame'));
  expect(await count(page, '[data-assent=placeholder]')).toBe(0);
  await expect.poll(() => page.frames()[1]!.innerText('body')).toBe('a map');
  expect(await choices(page)).toMatchObject({ analytics: false });
  expect(visit.server.requests).not.toContain('/pixel.png');
  await page.reload();
  await page.waitForSelector('[data-assent=placeholder]');
});

test('withdrawal_clearsTrackersAndReloads', async () => {
  const at = visit.server.origin.replace('localhost', 'shop.example.localhost');
  visit.server.pages['/'] = shop('en', { body: SCRIPTS });
  const page = await visit.open();
  await page.goto(at);
  await isReady(page);
  await press(page, 'accept-all');
  await expect.poll(() => ran(page)).toContain('module');
  await page.evaluate(() => {
    document.cookie = '_ga=1; path=/; domain=example.localhost';
    document.cookie = '_ga_X1=1; path=/';
    document.cookie = 'basket=1; path=/';
    localStorage.theme = 'dark';
    localStorage.other = 'kept';
  });
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => window.assent!.withdraw())]);
  await isReady(page);
  expect(await ran(page)).toEqual([]);
  expect((await page.context().cookies(at)).map(({ name }) => name).sort()).toEqual(['assent', 'basket']);
  expect(await page.evaluate(() => [localStorage.theme, localStorage.other])).toEqual([undefined, 'kept']);
  await until(() => visit.server.posts.some(({ choice }) => choice.action === 'withdraw'));
});

test.each([
  ['video', '<video data-assent="analytics" data-src="/held"></video>'],
  ['audio', '<audio data-assent="analytics" data-src="/held"></audio>'],
  ['embed', '<embed data-assent="analytics" data-src="/held" type="text/html">'],
  ['link', '<link rel="stylesheet" data-assent="analytics" data-href="/held">'],
])('withdrawal_reloadsWhereOneWasReleased: %s', async (_, body) => {
  visit.server.pages['/'] = shop('en', { body });
  const page = await visit.open({ expectErrors: true });
  await press(page, 'accept-all');
  await until(() => visit.server.requests.includes('/held'));
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => window.assent!.withdraw())]);
  await isReady(page);
  visit.server.requests.length = 0;
  await page.waitForLoadState('networkidle');
  expect(visit.server.requests).not.toContain('/held');
});

test('withdrawal_takesFramesBackWithoutReload', async () => {
  visit.server.pages['/'] = shop('en', { body: '<iframe data-assent="analytics" data-src="/frame" title="Map"></iframe>' });
  visit.server.pages['/frame'] = 'a map';
  const page = await visit.open();
  await press(page, 'accept-all');
  await until(() => visit.server.requests.includes('/frame'));
  await page.evaluate(() => window.assent!.withdraw());
  await page.waitForSelector('[data-assent=placeholder]');
  expect(visit.server.requests.filter((it) => it === '/').length).toBe(1);
});

test('withdrawal_isInTheOutboxBeforeThePageGoes', async () => {
  visit.server.pages['/'] = shop('en', { body: SCRIPTS });
  const page = await visit.open({ expectErrors: true });
  await press(page, 'accept-all');
  await expect.poll(() => ran(page)).toContain('module');
  await visit.recorded(page, 1);
  visit.server.answer = 503;
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => window.assent!.withdraw())]);
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.outbox.')).map((key) => JSON.parse(localStorage[key]).action));
  expect(await kept()).toEqual(['withdraw']);
});

test('withdrawal_withoutReloadTakesFramesBack', async () => {
  visit.server.pages['/'] = shop('en', { body: MEDIA });
  visit.server.pages['/frame'] = 'a map';
  const page = await visit.open({ policy: { reloadOnWithdrawal: false } });
  await press(page, 'accept-all');
  // Chromium forgets a new address of a frame whose document is just arriving: so it has arrived.
  await expect.poll(() => page.frames()[1]!.innerText('body')).toBe('a map');
  await page.evaluate(() => window.assent!.withdraw());
  await page.waitForSelector('[data-assent=placeholder]');
  await expect.poll(() => page.evaluate(() => document.querySelector('iframe')!.contentWindow!.location.href)).toBe('about:blank');
});
