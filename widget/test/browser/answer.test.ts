// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { expect, test } from 'vitest';
import { parseCookie } from '../../src/choice';
import { shop } from '../sites.mjs';
import { BANNER, GRANTED, REFUSED, TAG, choices, count, isReady, outbox, press, until, visits } from './page';

const visit = visits();

test('noAnswer_grantsNothingAndSendsNothing', async () => {
  const page = await visit.open();
  expect(await count(page, BANNER)).toBe(1);
  expect(await page.evaluate(() => document.body.firstElementChild?.id)).toBe('assent');
  await page.mouse.wheel(0, 2000);
  await page.keyboard.press('Escape');
  await page.mouse.click(640, 100);
  expect(await choices(page)).toEqual(REFUSED);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(visit.server.posts).toEqual([]);
  expect(visit.server.requests).toEqual(['/', '/w/k7Q2mZ0pRb.js']);
});

test('reject_isStoredSentAndKept', async () => {
  const page = await visit.open();
  await press(page, 'reject-all');
  expect(await count(page, BANNER)).toBe(0);
  await until(() => visit.server.posts.length === 1);
  const { choice, headers, path } = visit.server.posts[0]!;
  expect(path).toBe('/v1/sites/k7Q2mZ0pRb/consents');
  expect(headers['content-type']).toBe('text/plain;charset=UTF-8');
  expect(headers.cookie).toBeUndefined();
  expect(Object.keys(choice).sort()).toEqual(['action', 'choices', 'id', 'language', 'layout', 'occurredAt', 'policy', 'secret', 'source']);
  expect(choice).toMatchObject({
    policy: { version: 12, sha256: visit.server.policy.sha256 },
    choices: REFUSED,
    action: 'reject_all',
    source: 'banner',
    language: 'en',
    layout: 'desktop',
  });
  expect(choice.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(choice.secret).toMatch(/^[\w-]{42}[AEIMQUYcgkosw048]$/);
  expect(choice.occurredAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ name: 'assent', path: '/', sameSite: 'Lax' });
  expect(cookie!.expires - Date.now() / 1000).toBeGreaterThan(15638400 - 60);
  expect(parseCookie(cookie!.value)).toMatchObject({ version: 12, granted: ['session'], id: choice.id });
  await page.reload();
  await isReady(page);
  expect(await count(page, BANNER)).toBe(0);
  expect(await count(page, '[data-assent=reopen]')).toBe(1);
});

test('acceptAndReject_areAlike', async () => {
  for (const position of ['bottom', 'bottom-left', 'bottom-right', 'center'] as const) {
    const page = await visit.open({ policy: { appearance: { position } } });
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 700 });
      const looks = await page.$$eval('[data-assent=accept-all],[data-assent=reject-all]', (buttons) =>
        buttons.map((it) => {
          const { width, height } = it.getBoundingClientRect();
          const style = getComputedStyle(it);
          return { width, height, class: it.className, tag: it.tagName, style: [...style].map((name) => style.getPropertyValue(name)).join() };
        }),
      );
      expect(looks.length).toBe(2);
      expect(looks[0]).toEqual(looks[1]);
      expect(looks[0]!.height).toBeGreaterThanOrEqual(44);
    }
  }
});

test('preferences_startOffAndShowTheCurrentStateLater', async () => {
  const page = await visit.open();
  await press(page, 'choose');
  const states = () => page.$$eval('#assent [role=switch]', (all) => all.map((it) => [(it as HTMLInputElement).name, (it as HTMLInputElement).checked]));
  expect(await states()).toEqual([['session', true], ['theme', false], ['analytics', false]]);
  expect(await page.isDisabled('#assent [name=session]')).toBe(true);
  await page.check('#assent [name=theme]');
  await press(page, 'save');
  expect(await count(page, BANNER)).toBe(0);
  await until(() => visit.server.posts.length === 1);
  expect(visit.server.posts[0]!.choice).toMatchObject({ choices: { ...REFUSED, theme: true }, action: 'save', source: 'preferences' });
  await page.click('#open');
  expect(await states()).toEqual([['session', true], ['theme', true], ['analytics', false]]);
  expect(await page.getAttribute('#assent [data-assent=record]', 'href')).toBe(`${visit.server.origin}/v1/consents/${visit.server.posts[0]!.choice.id}`);
  await press(page, 'withdraw');
  await until(() => visit.server.posts.length === 2);
  expect(visit.server.posts[1]!.choice).toMatchObject({ choices: REFUSED, action: 'withdraw', previous: visit.server.posts[0]!.choice.id, secret: visit.server.posts[0]!.choice.secret });
  expect(await choices(page)).toEqual(REFUSED);
});

test('closingPreferences_changesNothing', async () => {
  const page = await visit.open();
  for (const leave of [() => page.keyboard.press('Escape'), () => page.mouse.click(5, 5), () => press(page, 'close')]) {
    await press(page, 'choose');
    await page.check('#assent [name=analytics]');
    await leave();
    await page.waitForSelector('#assent dialog', { state: 'detached' });
    expect(await choices(page)).toEqual(REFUSED);
    expect(await count(page, BANNER)).toBe(1);
  }
  expect(visit.server.posts).toEqual([]);
});

test('forgedCookie_grantsNothing', async () => {
  const page = await visit.open();
  const { origin } = visit.server;
  for (const value of ['v1.12.session+analytics.t64qk3.x', 'v9.12.analytics.t64qk3.0198f0c2-8f3a-7c1e-9b7a-3f0c6f1f2a11', 'analytics', '{"analytics":true}']) {
    await page.context().addCookies([{ name: 'assent', value: encodeURIComponent(value), url: origin }]);
    await page.reload();
    await isReady(page);
    expect(await choices(page)).toEqual(REFUSED);
    expect(await count(page, BANNER)).toBe(1);
  }
});

test('previous_isSentOnlyIfItIsAnId', async () => {
  const page = await visit.open();
  await page.evaluate(() => (localStorage['assent.k7Q2mZ0pRb.last'] = 'broken'));
  await press(page, 'reject-all');
  await until(() => visit.server.posts.length === 1);
  expect(visit.server.posts[0]!.choice).not.toHaveProperty('previous');
});

test('clockBefore1970_makesAnIdAndAReadableCookie', async () => {
  const page = await visit.open();
  await page.evaluate(() => (Date.now = () => -1e12));
  await press(page, 'reject-all');
  await until(() => visit.server.posts.length === 1);
  const { id, occurredAt } = visit.server.posts[0]!.choice;
  expect(id).toMatch(/^00000000-0000-7/);
  expect(occurredAt).toBe('1970-01-01T00:00:00.000Z');
  expect(await page.evaluate(() => document.cookie)).toBe(`assent=v1.12.session.0.${id}`);
});

test('referrer_isTheOriginWhateverThePageSays', async () => {
  visit.server.pages['/'] = { body: shop(), headers: { 'referrer-policy': 'unsafe-url' } };
  const page = await visit.open({ path: '/?token=secret' });
  await press(page, 'reject-all');
  await until(() => visit.server.posts.length === 1);
  expect(visit.server.posts[0]!.headers.referer).toBe(`${visit.server.origin}/`);
});

test.each([
  ['session', 'session+analytics'],
  ['session+analytics', 'session'],
])('cookiesOfOneSecond_theFewestGrantsHold: %s and %s', async (...both) => {
  const page = await visit.open();
  const { hostname } = new URL(visit.server.origin);
  for (const [at, granted] of both.entries()) {
    const id = `0198f0c2-8f3a-7c1e-9b7a-3f0c6f1f2a1${at}`;
    const seconds = Math.trunc(Date.now() / 1000 / 60) * 60;
    await page.context().addCookies([{ name: 'assent', value: `v1.12.${granted}.${seconds.toString(36)}.${id}`, domain: hostname, path: ['/', '/index'][at]! }]);
  }
  visit.server.pages['/index/'] = visit.server.pages['/']!;
  await page.goto(`${visit.server.origin}/index/`);
  await isReady(page);
  expect(await choices(page)).toEqual(REFUSED);
});

test('unreachableService_choiceHoldsAndIsSentLater', async () => {
  const page = await visit.open({ expectErrors: true });
  for (const answer of [0, 503]) {
    visit.server.answer = answer;
    await page.evaluate(() => window.assent!.set({ theme: true }));
  }
  // Whether the second answer finds the first one still on its way is a matter of milliseconds.
  const tried = () => new Set(visit.server.posts.map(({ choice }) => choice.id));
  await until(() => tried().size === 2);
  const ids = tried();
  await expect.poll(() => outbox(page)).toBe(2);
  await page.click('#open');
  expect(await count(page, '[data-assent=record]')).toBe(0);
  visit.server.answer = 201;
  visit.server.posts = [];
  await page.reload();
  await isReady(page);
  await until(() => visit.server.posts.length === 2);
  // They are sent in their order, and travel at the same time.
  expect(tried()).toEqual(ids);
  await expect.poll(() => outbox(page)).toBe(0);
});

test('secondTab_learnsOfTheAnswer', async () => {
  const page = await visit.open();
  const other = await page.context().newPage();
  await other.goto(visit.server.origin);
  await isReady(other);
  await press(page, 'accept-all');
  await other.waitForSelector(BANNER, { state: 'detached' });
  expect(await choices(other)).toEqual(GRANTED);
  await other.evaluate(() => window.assent!.withdraw());
  await expect.poll(() => choices(page)).toEqual(REFUSED);
  await until(() => visit.server.posts.length === 2);
});

test('loadedTwice_isOneWidget', async () => {
  visit.server.pages['/'] = shop('en', { head: TAG + TAG.replace('async', 'defer') });
  const page = await visit.open();
  await page.waitForLoadState('load');
  expect(await count(page, '#assent')).toBe(1);
  expect(await count(page, BANNER)).toBe(1);
  await press(page, 'reject-all');
  await until(() => visit.server.posts.length === 1);
  expect(await count(page, BANNER)).toBe(0);
});

test('api_answersAndTells', async () => {
  const page = await visit.open();
  const heard = await page.evaluate(async () => {
    const heard: unknown[] = [];
    const assent = window.assent!;
    const stop = assent.on('change', (choices) => heard.push(choices.analytics));
    assent.on('change', () => {
      throw new Error('the page is at fault');
    });
    document.addEventListener('assent:change', ({ detail }) => heard.push(detail.cause, Object.keys(detail)));
    console.error = () => {};
    assent.set({ analytics: true, unknown: true, session: false });
    stop();
    assent.set({ analytics: 'yes' as unknown as boolean });
    assent.set(undefined as never);
    assent.acceptAll();
    assent.rejectAll();
    return heard;
  });
  expect(heard.slice(0, 3)).toEqual([true, 'api', ['choices', 'cause', 'id']]);
  await until(() => visit.server.posts.length === 5);
  // They travel at the same time, so each is found by the one that it names.
  const sent = visit.server.posts.map(({ choice }) => choice);
  const inOrder = [sent.find(({ previous }) => !previous)!];
  while (inOrder.length < sent.length) inOrder.push(sent.find(({ previous }) => previous === inOrder.at(-1)!.id)!);
  expect(inOrder.map((choice) => [choice.action, choice.choices.analytics, choice.source])).toEqual([
    ['save', true, 'api'],
    ['save', false, 'api'],
    ['save', false, 'api'],
    ['accept_all', true, 'api'],
    ['reject_all', false, 'api'],
  ]);
  for (const { choice } of visit.server.posts) expect(Object.keys(choice.choices)).toEqual(['session', 'theme', 'analytics']);
});

test('recorded_isTold', async () => {
  const page = await visit.open();
  const told = page.evaluate(() => new Promise<{ id: string; record: string }>((done) => document.addEventListener('assent:recorded', ({ detail }) => done(detail))));
  await press(page, 'reject-all');
  const { id, record } = await told;
  expect(record).toBe(`${visit.server.origin}/v1/consents/${id}`);
});

test('cookieDomain_spansSubdomains', async () => {
  const at = (host: string) => visit.server.origin.replace('localhost', host);
  const page = await visit.open({ policy: { cookieDomain: 'example.localhost' } });
  // Here the domain is foreign: the choice stays with this host.
  await press(page, 'reject-all');
  expect((await page.context().cookies(visit.server.origin)).map(({ domain }) => domain)).toEqual(['localhost']);
  await page.goto(at('shop.example.localhost'));
  await isReady(page);
  await press(page, 'accept-all');
  await page.goto(at('blog.example.localhost'));
  await isReady(page);
  expect(await count(page, BANNER)).toBe(0);
  expect(await choices(page)).toEqual(GRANTED);
});
