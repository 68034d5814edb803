// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Policies and pages that are hard on the widget: the banner stands, is to be used and obeys.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Appearance, Payload, Purpose } from '../../src/types';
import { samplePolicy } from '../policy.mjs';
import { shop } from '../sites.mjs';
import { BANNER, GRANTED, REFUSED, TAG, choices, count, press, until, visits } from './page';

const visit = visits();
const LONG = 'W'.repeat(10_000);
const STRICT = "default-src 'none'; script-src 'self'; connect-src 'self'";
const BAD = '</style></script><img src=x onerror="window.bad=1"><b>x</b>{controller}&lt;';

/** Everything the same but for its texts, at any depth. */
function withTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((it) => withTexts(it, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, withTexts(it, change)])) as T;
}

/** Both buttons of an answer are in the window, and what lies beside them does not widen the page. */
async function isUsable(page: Page): Promise<void> {
  for (const hook of ['accept-all', 'reject-all', 'choose']) {
    const { x, y, width, height } = (await page.locator(`${BANNER} [data-assent=${hook}]`).boundingBox())!;
    const { width: all, height: high } = page.viewportSize()!;
    expect([x >= 0, y >= 0, x + width <= all, y + height <= high, width >= 24, height >= 24]).toEqual(Array(6).fill(true));
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

test('unknownFields_areNoMatter', async () => {
  const more = { unknown: { deep: [1, 'two', null] }, acceptAll: 'Not a text', constructor: 'x' };
  const { purposes, texts, ...policy } = samplePolicy() as Payload;
  const page = await visit.open({
    policy: {
      ...more,
      ...policy,
      ruleset: 'something new',
      appearance: { ...more, ...policy.appearance },
      purposes: purposes.map((purpose) => ({ ...more, ...purpose, trackers: purpose.trackers!.map((it) => ({ ...more, ...it, type: 'beacon' as never })) })),
      texts: { en: { ...more, ...texts.en! } },
    } as Partial<Payload>,
  });
  await isUsable(page);
  await press(page, 'choose');
  expect(await count(page, '#assent [role=switch]')).toBe(3);
  await page.click('#assent dialog [data-assent=accept-all]');
  expect(await choices(page)).toEqual(GRANTED);
});

test('nothingToChoose_asksNobodyAndTellsWhoWantsToKnow', async () => {
  const { purposes } = samplePolicy() as Payload;
  const page = await visit.open({ policy: { asks: 0, purposes: purposes.filter(({ required }) => required) } });
  await page.waitForSelector('#assent [data-assent=reopen]');
  expect(await count(page, BANNER)).toBe(0);
  expect(await choices(page)).toEqual({ session: true });
  await page.click('#assent [data-assent=reopen]');
  await page.waitForSelector('#assent dialog [role=switch]:disabled');
  expect(await count(page, '#assent dialog .assent-actions')).toBe(0);
  expect(await page.context().cookies()).toEqual([]);
});

test('purposesWithoutText_areCalledByTheirIds', async () => {
  const { texts } = samplePolicy() as Payload;
  const ids = ['maps', 'to-string', 'Video_2'];
  const page = await visit.open({ policy: { texts: { en: { ...texts.en!, purposes: {} } }, purposes: ids.map((id) => ({ id, required: false, trackers: [] })) } });
  expect(await page.locator(`${BANNER} b`).allInnerTexts()).toEqual(ids);
  await press(page, 'choose');
  expect(await page.locator('#assent dialog label').allInnerTexts()).toEqual(ids);
});

test.each([
  [1280, 800],
  [320, 568],
])('manyPurposesAndTrackers_areUsable: %i × %i', async (width, height) => {
  const ids = Array.from({ length: 40 }, (_, at) => `purpose-${at}-`.padEnd(64, 'x'));
  const tracker = (at: number) => ({ name: `tracker-${at}`, type: 'cookie' as const, provider: 'Somebody', lifetime: 'P1Y' });
  const purposes: Purpose[] = ids.map((id, at) => ({ id, required: at === 0, trackers: Array.from({ length: at ? 12 : 32 }, (_, of) => tracker(at * 12 + of)) }));
  const page = await visit.open({ policy: { purposes }, browser: { viewport: { width, height } } });
  await isUsable(page);
  await press(page, 'choose');
  expect(await count(page, '#assent dialog [role=switch]')).toBe(40);
  await page.check(`#assent [name=${ids[39]}]`);
  await press(page, 'save');
  const wanted = Object.fromEntries(ids.map((id, at) => [id, at === 0 || at === 39]));
  expect(await choices(page)).toEqual(wanted);
  await until(() => visit.server.posts.length === 1);
  expect(visit.server.posts[0]!.choice.choices).toEqual(wanted);
  await page.evaluate(() => window.assent!.acceptAll());
  expect(JSON.stringify(visit.server.posts[0]!.choice).length).toBeLessThan(8192);
  const [cookie] = await page.context().cookies();
  expect(cookie!.value.split('.')[2]!.split('+')).toEqual(ids);
});

test.each([
  [1280, 800],
  [320, 568],
])('longNames_areUsable: %i × %i', async (width, height) => {
  const { texts, purposes } = samplePolicy() as Payload;
  const en = texts.en!;
  const named = Object.fromEntries(purposes.map(({ id }) => [id, { name: LONG, description: LONG }]));
  const page = await visit.open({
    browser: { viewport: { width, height } },
    policy: {
      controller: { name: LONG },
      texts: { en: { ...en, title: LONG, body: LONG, privacyPolicy: LONG, purposes: named } },
      purposes: purposes.map((purpose) => ({ ...purpose, trackers: purpose.trackers!.map((it) => ({ ...it, name: LONG, provider: LONG, lifetime: LONG })) })),
    },
  });
  await isUsable(page);
  await press(page, 'choose');
  const { x, width: wide } = (await page.locator('#assent dialog').boundingBox())!;
  expect([x >= 0, x + wide <= width]).toEqual([true, true]);
  await page.click('#assent dialog [data-assent=reject-all]');
  expect(await choices(page)).toEqual(REFUSED);
});

test('markupInEveryText_isShownAsText', async () => {
  const { texts, purposes, ...policy } = samplePolicy() as Payload;
  visit.server.pages['/'] = shop('en', { body: '<iframe data-assent="analytics" data-src="/map" width="600" height="400" title="Map"></iframe>' });
  const page = await visit.open({
    policy: {
      ...policy,
      controller: withTexts(policy.controller!, () => BAD),
      privacyPolicyUrl: 'javascript:window.bad=1',
      texts: { en: withTexts(texts.en!, () => BAD) },
      purposes: purposes.map(({ trackers, ...purpose }) => ({ ...purpose, trackers: trackers!.map((it) => ({ ...it, name: BAD, provider: BAD, lifetime: BAD })) })),
    },
  });
  await page.waitForSelector('[data-assent=placeholder]');
  await press(page, 'choose');
  await page.locator('#assent details').evaluateAll((all) => all.forEach((it) => ((it as HTMLDetailsElement).open = true)));
  expect(await page.innerText('#assent dialog [data-assent=accept-all]')).toBe(BAD);
  expect(await count(page, ':is(#assent,[data-assent=placeholder]) :is(img,script,style,[href^=javascript])')).toBe(0);
  await page.click('#assent dialog [data-assent=accept-all]');
  expect(await page.innerText('#assent [role=status]')).toBe(BAD);
  expect(await page.evaluate(() => 'bad' in window)).toBe(false);
});

test('coloursThatAreNone_areOurs', async () => {
  const page = await visit.open();
  const none = ['red', '#12', '#0f4c5c;}*{display:none', 'url(https://elsewhere.example/x.png)', '</style><script>window.bad=1</script>', '', 7, null, { r: 1 }];
  for (const accent of none) {
    visit.server.policy.appearance = { accent, radius: accent, position: accent, reopen: accent } as Appearance;
    await page.reload();
    await page.waitForSelector(BANNER);
    const look = await page.$eval('[data-assent=accept-all]', (it) => [getComputedStyle(it).backgroundColor, 'bad' in window]);
    expect(look, `${accent}`).toEqual(['rgb(15, 76, 92)', false]);
    await isUsable(page);
  }
});

test.each([
  ['the strictest', STRICT],
  ['nonces alone', STRICT.replace("script-src 'self'", "script-src 'nonce-abc' 'strict-dynamic'")],
  ['trusted types', `${STRICT}; require-trusted-types-for 'script'`],
  ['trusted types of our own only', `${STRICT}; require-trusted-types-for 'script'; trusted-types assent`],
])('contentSecurityPolicy_isKept: %s', async (_, policy) => {
  const body = `<!doctype html><html lang="en"><title>x</title>${TAG.replace('<script', '<script nonce="abc"')}<body><p>Hello <a href="#" data-assent-open id="open">Cookies</a>`;
  visit.server.pages['/'] = { body, headers: { 'content-security-policy': policy } };
  const page = await visit.open();
  await isUsable(page);
  await press(page, 'choose');
  await page.check('#assent [name=theme]');
  await press(page, 'save');
  await until(() => visit.server.posts.length === 1);
  await page.click('#open');
  await press(page, 'withdraw');
  await until(() => visit.server.posts.length === 2);
  expect(await page.$eval('[data-assent=reopen]', (it) => getComputedStyle(it).backgroundColor)).not.toBe('rgba(0, 0, 0, 0)');
});

test.each([
  ['from its own host', STRICT, ['/held.js']],
  ['by nonces', STRICT.replace("script-src 'self'", "script-src 'nonce-abc' 'strict-dynamic'"), ['/held.js', 'inline']],
])('contentSecurityPolicy_letsHeldScriptsGo: %s', async (_, policy, expected) => {
  const held = `<script nonce="abc" type="text/plain" data-assent="theme" src="/held.js"></script>`;
  const inline = `<script nonce="abc" type="text/plain" data-assent="theme">ran.push('inline')</script>`;
  const body = `<!doctype html><html lang="en"><title>x</title>${TAG.replace('<script', '<script nonce="abc"')}<body>${held}${expected[1] ? inline : ''}`;
  visit.server.pages['/'] = { body, headers: { 'content-security-policy': policy } };
  const page = await visit.open();
  await press(page, 'accept-all');
  await expect.poll(() => page.evaluate(() => (window as { ran?: string[] }).ran)).toEqual(expected);
});

test('trustedTypes_heldScriptsThatMayNotRunDisturbNothing', async () => {
  const held = '<script type="text/plain" data-assent="theme" src="/held.js"></script><iframe data-assent="theme" data-src="/map" title="Map"></iframe>';
  const headers = { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types 'none'" };
  visit.server.pages['/'] = { body: shop('en', { body: held }), headers };
  visit.server.pages['/map'] = 'a map';
  const page = await visit.open({ expectErrors: true });
  await press(page, 'accept-all');
  await until(() => visit.server.requests.includes('/map'));
  expect(await choices(page)).toEqual(GRANTED);
  expect(await count(page, BANNER)).toBe(0);
  expect(visit.server.requests).not.toContain('/held.js');
});

test('purposeCalledConstructor_isCalledByItsId', async () => {
  const { texts } = samplePolicy() as Payload;
  const page = await visit.open({ policy: { texts: { en: { ...texts.en!, purposes: {} } }, purposes: [{ id: 'constructor', required: false, trackers: [] }] } });
  expect(await page.locator(`${BANNER} b`).allInnerTexts()).toEqual(['constructor']);
});
