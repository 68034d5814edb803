// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// What the second part adds to the open preferences: trackers, who is responsible, the record, history.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { DeclaredTracker } from '../../src/details/artefact';
import type { Payload } from '../../src/types';
import { violations } from '../axe';
import { hashOf, samplePolicy } from '../policy.mjs';
import { shop } from '../sites.mjs';
import { count, isReady, press, until, visits } from './page';

const visit = visits();
const DIALOG = '#assent dialog';

/** Answers, lets the service record it, and opens the preferences with all that comes. */
async function answeredAndOpened(options?: Parameters<typeof visit.open>[0]): Promise<Page> {
  const page = await visit.open(options);
  await press(page, 'accept-all');
  await until(() => visit.server.records.length === 1);
  await page.click('#open');
  await page.waitForSelector('[data-assent=erasure]');
  return page;
}

const openHistory = (page: Page) => page.click('[data-assent=history] summary');
const said = (page: Page, part: string) => page.innerText(`[data-assent=${part}] > [role=status]`);
/** Words alone, without what keeps directions of writing apart. */
const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ').trim();
const histories = () => visit.server.asked.filter(({ path }) => path.endsWith('/history'));
const shifted = (page: Page) => page.$$eval(`${DIALOG} :is(h2, .assent-head button, label, .assent-purpose > p[id], .assent-actions button)`, (all) => all.map((it) => { const { x, y, width, height } = it.getBoundingClientRect(); return [x, y, width, height].map(Math.round).join(); }));

test('details_areAskedForOnlyWhenSomebodyLooks', async () => {
  const page = await visit.open();
  expect(visit.server.requests.some((path) => path.startsWith('/w/details/'))).toBe(false);
  await press(page, 'choose');
  await page.waitForSelector('[data-assent=responsible]');
  expect(visit.server.requests.filter((path) => path.startsWith('/w/details/')).length).toBe(1);
});

test('details_moveNothingThatIsAboutToBePressed', async () => {
  const page = await visit.open();
  let letGo = () => {};
  const held = new Promise<void>((done) => (letGo = done));
  await page.route('**/v1/artefacts/*', async (route) => (await held, route.continue()));
  await press(page, 'choose');
  await page.waitForSelector(DIALOG);
  const before = await shifted(page);
  await page.focus('#assent [name=analytics]');
  await page.$eval(`${DIALOG} .assent-words`, (it) => it.scrollTo(0, 0));
  letGo();
  await page.waitForSelector('[data-assent=responsible]');
  expect(await shifted(page)).toEqual(before);
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('analytics');
  expect(await page.$eval(`${DIALOG} .assent-words`, (it) => it.scrollTop)).toBe(0);
});

test('trackers_standWithProviderReadersAndDuration', async () => {
  const page = await visit.open();
  await press(page, 'choose');
  await page.click('[data-assent=trackers] summary >> nth=2');
  expect((await page.locator('table >> nth=2').locator('tbody tr').allInnerTexts()).map(plain)).toEqual([
    '_ga Google Ireland · others can read it Cookie 13 months',
    '_ga_* Google Ireland · others can read it Cookie 13 months',
  ]);
  expect(await page.locator('table >> nth=0').textContent()).toContain('Until you close the browser');
});

test('purposeWithoutTrackers_saysSo', async () => {
  const page = await visit.open({ policy: { purposes: [{ id: 'theme' }] } });
  await press(page, 'choose');
  await page.waitForSelector('[data-assent=responsible]');
  expect(await page.innerText('.assent-none')).toBe('Cookies and similar: 0');
  expect(await count(page, '[data-assent=trackers]')).toBe(0);
});

test('fiveHundredTrackers_neverScrollSideways', async () => {
  const trackers = [...Array(500).keys()].map((at): DeclaredTracker => ({ name: `${'x'.repeat(200)}${at}`, type: 'cookie', provider: 'y'.repeat(200), lifetime: `P${at + 1}D` }));
  const page = await visit.open({ policy: { purposes: [{ id: 'analytics', trackers: trackers as never }] }, browser: { viewport: { width: 320, height: 568 } } });
  await press(page, 'choose');
  await page.click('[data-assent=trackers] summary');
  await page.waitForFunction(() => document.querySelectorAll('#assent tbody tr').length === 500);
  expect(await page.$eval(`${DIALOG} .assent-words`, (it) => it.scrollWidth - it.clientWidth)).toBe(0);
});

test('controller_isReachable', async () => {
  const page = await visit.open({ policy: { controller: { name: 'Linden', address: 'Mill Lane 4\nAarhus', contact: 'privacy@shop.example' } } });
  await press(page, 'choose');
  expect(plain(await page.innerText('[data-assent=responsible]'))).toBe('Who is responsible Linden Mill Lane 4 Aarhus privacy@shop.example');
  expect(await page.getAttribute('[data-assent=contact]', 'href')).toBe('mailto:privacy@shop.example');
});

test.each(['javascript:alert(1)', 'x@y?bcc=z@y', 'Room 5'])('contactThatIsNoAddress_isNoLink: %s', async (contact) => {
  const page = await visit.open({ policy: { controller: { name: 'Linden', contact } } });
  await press(page, 'choose');
  expect(await page.innerText('[data-assent=responsible]')).toContain(contact);
  expect(await count(page, '[data-assent=contact]')).toBe(0);
});

test('visitorWithoutAnswer_isOfferedNeitherRecordNorErasure', async () => {
  const page = await visit.open();
  await press(page, 'choose');
  await page.waitForSelector('[data-assent=responsible]');
  expect(await count(page, '[data-assent=your-record], [data-assent=history], [data-assent=erase]')).toBe(0);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});

test('record_hasNumberEndPageAndReceipt', async () => {
  const page = await answeredAndOpened();
  const { id } = visit.server.posts[0]!.choice;
  const text = await page.innerText('[data-assent=your-record]');
  const end = new Date(Date.now() + samplePolicy().maxAgeSeconds * 1000).toLocaleDateString('en', { dateStyle: 'long' });
  expect(text).toContain(`Number of the record: ${id}`);
  expect(text).toContain(`It holds until ${end}.`);
  expect(await page.getAttribute(`${DIALOG} [data-assent=record]`, 'href')).toBe(`${visit.server.origin}/v1/consents/${id}`);
  expect(await page.getAttribute(`${DIALOG} [data-assent=receipt]`, 'href')).toBe(`${visit.server.origin}/v1/consents/${id}/receipt`);
  expect(await count(page, '[data-assent=pending]')).toBe(0);
});

test('recordOnItsWay_isSaidAndShownWhenItArrives_withoutMovingAnything', async () => {
  const page = await visit.open({ expectErrors: true });
  visit.server.answer = 503;
  await press(page, 'accept-all');
  await page.click('#open');
  await page.waitForSelector('[data-assent=pending]');
  expect(await page.innerText('[data-assent=pending]')).toContain('Not sent yet.');
  expect(await violations(page)).toEqual([]);
  expect(await count(page, '[data-assent=receipt], [data-assent=record]')).toBe(0);
  const erase = await page.$eval('[data-assent=erase]', (it) => it.getBoundingClientRect().y);
  await until(() => visit.server.posts.length > 0);
  visit.server.answer = 201;
  await page.waitForFunction(() => {
    window.dispatchEvent(new Event('online'));
    return !!document.querySelector('[data-assent=receipt]');
  });
  expect(await count(page, '[data-assent=pending]')).toBe(0);
  expect(await count(page, `${DIALOG} [data-assent=record]`)).toBe(1);
  expect(await page.$eval('[data-assent=erase]', (it) => it.getBoundingClientRect().y)).toBe(erase);
});

test('history_isAskedForWhenItIsOpenedAndNotBefore', async () => {
  const page = await answeredAndOpened();
  expect(visit.server.asked).toEqual([]);
  await openHistory(page);
  await page.waitForSelector('[data-assent=past-record]');
  const { secret, id } = visit.server.posts[0]!.choice;
  expect(histories().map(({ body }) => body)).toEqual([{ site: 'k7Q2mZ0pRb', secret }]);
  expect(await page.getAttribute('[data-assent=past-receipt]', 'href')).toBe(`${visit.server.origin}/v1/consents/${id}/receipt`);
});

test('history_saysWhatWasDoneAndWhatWasOn_newestFirst', async () => {
  const page = await answeredAndOpened();
  await page.click(`${DIALOG} [data-assent=reject-all]`);
  await until(() => visit.server.records.length === 2);
  await page.click('#open');
  await openHistory(page);
  await page.waitForSelector('[data-assent=past-record]');
  expect((await page.locator('[data-assent=history] li').allInnerTexts()).map(plain)).toEqual([
    expect.stringMatching(/^Rejected all .*\d{4}.* On: only what is needed See the record Download the receipt$/),
    expect.stringMatching(/^Accepted all .*\d{4}.* On: Appearance and Visitor statistics See the record Download the receipt$/),
  ]);
  expect(new Set(await page.locator('[data-assent=past-record]').evaluateAll((all) => all.map((it) => it.getAttribute('href')))).size).toBe(2);
});

test('keyboard_reachesReceiptHistoryAndErasure', async () => {
  const page = await answeredAndOpened();
  await page.focus('[data-assent=history] summary');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-assent=past-record]');
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.assent ?? document.activeElement!.localName);
  const walk = async (key: string, steps: number) => {
    const path = [];
    for (let at = 0; at < steps; at++) {
      await page.keyboard.press(key);
      path.push(await focused());
    }
    return path;
  };
  expect(await walk('Tab', 3)).toEqual(['past-record', 'past-receipt', 'erase']);
  await page.focus('[data-assent=history] summary');
  expect(await walk('Shift+Tab', 1)).toEqual(['receipt']);
});

test('emptyHistory_isSaid', async () => {
  const page = await answeredAndOpened();
  visit.server.records = [];
  await openHistory(page);
  await expect.poll(() => said(page, 'history')).toBe('Nothing has been recorded for this browser yet.');
  expect(await violations(page)).toEqual([]);
});

test.each([503, 429, 0])('historyThatFails_isSaidAndComesWhenOpenedAgain: %s', async (answer) => {
  const page = await answeredAndOpened({ expectErrors: true });
  visit.server.visitorAnswer = answer;
  await openHistory(page);
  await expect.poll(() => said(page, 'history')).toBe('Your choices cannot be shown now. Try again later.');
  expect(await violations(page)).toEqual([]);
  visit.server.visitorAnswer = 200;
  await openHistory(page);
  await openHistory(page);
  await page.waitForSelector('[data-assent=past-record]');
  expect(await said(page, 'history')).toBe('');
});

test('longHistory_comesByPagesAndIsDrawnAsItIsScrolled', async () => {
  const page = await answeredAndOpened();
  const [first] = visit.server.records as [{ secret: string; record: { id: string } }];
  visit.server.records = [...Array(130).keys()].map((at) => ({ ...first, record: { ...first.record, seq: at + 1, recordedAt: `2026-01-01T00:${String(at % 60).padStart(2, '0')}:00.000Z` } }));
  visit.server.pageSize = 50;
  await openHistory(page);
  await page.waitForSelector('[data-assent=past-record]');
  expect(histories().map(({ body }) => body.after)).toEqual([undefined, '50', '100']);
  expect(await count(page, '[data-assent=history] li')).toBe(50);
  for (const drawn of [100, 130]) {
    await page.$eval('[data-assent=history] ol', (it) => it.scrollTo(0, it.scrollHeight));
    await page.waitForFunction((number) => document.querySelectorAll('[data-assent=history] li').length === number, drawn);
  }
});

test.each(['details', 'artefacts'])('tampered_isNotUsed: %s', async (what) => {
  const page = await visit.open({ expectErrors: true });
  visit.server.alter = (path, body) => (path.includes(what) ? body.replace('Who is responsible', 'Who is irresponsible').replace('(()=>{', '(()=>{;') : body);
  await press(page, 'choose');
  await expect.poll(() => page.innerText(`${DIALOG} .assent-words`)).toContain('The details cannot be loaded now.');
  expect(await violations(page)).toEqual([]);
  expect(await count(page, '[data-assent=responsible], [data-assent=trackers]')).toBe(0);
  await page.click(`${DIALOG} [data-assent=accept-all]`);
  await until(() => visit.server.posts.length === 1);
  visit.server.alter = (_path, body) => body;
  await page.click('#open');
  await page.waitForSelector('[data-assent=responsible]');
});

test('artefactThatNeverComes_leavesTheDialogWorking', async () => {
  const page = await visit.open();
  await page.route('**/v1/artefacts/*', () => {});
  await press(page, 'choose');
  await page.check('#assent [name=theme]');
  await press(page, 'save');
  await until(() => visit.server.posts.length === 1);
  expect(visit.server.posts[0]!.choice.choices).toMatchObject({ theme: true, analytics: false });
});

test('markup_isShownAsText', async () => {
  const bad = '<img src=x onerror="window.bad=1"><b>x</b>';
  const worse = <T>(it: T): T => (typeof it === 'string' ? (bad as T) : Array.isArray(it) ? (it.map(worse) as T) : it && typeof it === 'object' ? (Object.fromEntries(Object.entries(it).map(([key, value]) => [key, worse(value)])) as T) : it);
  const { texts, purposes } = samplePolicy();
  const page = await answeredAndOpened({
    policy: {
      texts: worse(texts),
      controller: { name: bad, address: bad, contact: bad },
      purposes: purposes.map((it) => ({ ...it, trackers: it.trackers!.map((tracker) => ({ ...tracker, name: bad, provider: bad, lifetime: bad, type: bad as never })) })),
    } as Partial<Payload>,
  });
  (visit.server.records[0]!.record as unknown as { action: string }).action = bad;
  await openHistory(page);
  await page.waitForSelector('[data-assent=past-record]');
  await page.click('[data-assent=erase]');
  expect(await page.innerText('[data-assent=erase-confirm]')).toBe(bad);
  expect(await count(page, '#assent img')).toBe(0);
  expect(await page.evaluate(() => 'bad' in window)).toBe(false);
});

test('storageBlocked_recordHistoryAndErasureWorkAsLongAsThePage', async () => {
  visit.server.pages['/'] = { body: shop(), headers: { 'content-security-policy': 'sandbox allow-scripts allow-popups' } };
  const page = await answeredAndOpened();
  expect(await page.innerText('[data-assent=your-record]')).toContain(visit.server.posts[0]!.choice.id);
  await openHistory(page);
  await page.waitForSelector('[data-assent=past-record]');
  await page.click('[data-assent=erase]');
  await page.click('[data-assent=erase-confirm]');
  await page.waitForSelector('[data-assent=erased]');
  expect(visit.server.records).toEqual([]);
});

test('strictCspAndTrustedTypes_areEnough', async () => {
  const headers = { 'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types assent" };
  visit.server.pages['/'] = { body: '<!doctype html><html lang="en"><title>x</title><script async src="/w/k7Q2mZ0pRb.js"></script><body><p>Hello', headers };
  const page = await visit.open();
  await press(page, 'choose');
  await page.waitForSelector('[data-assent=responsible]');
  expect(await page.$eval('summary', (it) => getComputedStyle(it).minHeight)).toBe('44px');
});

test('staleScript_findsItsOwnArtefact', async () => {
  const page = await visit.open();
  const old = visit.server.policy;
  visit.server.policy = samplePolicy({ version: 13 });
  visit.server.coming = old;
  expect(hashOf(old)).not.toBe(visit.server.policy.sha256);
  await press(page, 'choose');
  await page.waitForSelector('[data-assent=responsible]');
  await page.reload();
  await isReady(page);
});
