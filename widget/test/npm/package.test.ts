// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The package as a developer gets it: packed, installed in a project of its own, bundled, type-checked, run.

import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { BANNER, choices, count, GRANTED, isReady, press, visits } from '../browser/page';
import { createProject, type Project } from './project';

const KEY = 'k7Q2mZ0pRb';
const visit = visits();
let project: Project;

beforeAll(() => {
  project = createProject();
});
afterAll(() => project.remove());

/** A page without a tag, whose own bundle brings the consent; `body` comes after `const consent = …`. */
function shop(body: string, { options = '{}', head = '', service = 'location.origin' } = {}): string {
  const code = project.bundle(`
    import { assent } from '@assent/widget';
    const consent = assent(${service}, '${KEY}', ${options});
    const said: string[] = [];
    Object.assign(window, { said, consent });
    ${body}`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">${head}</head>
    <body><script type="module" nonce="n0">${code}</script><a href="#" id="first">Basket</a></body></html>`;
}

const WATCH = `consent.when('analytics', () => said.push('start'), () => said.push('stop')); said.push('next');`;
const said = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said);
const tags = (page: Page) => page.evaluate(() => [...document.scripts].map(({ src }) => src).filter((src) => src.includes('/w/')));
const readied = (page: Page) => page.evaluate(() => (window as unknown as { consent: { ready: Promise<object> } }).consent.ready);

test('granted_startsTheModule_onlyThen', async () => {
  visit.server.pages['/'] = shop(`consent.when('analytics', () => import('./analytics.js'));`);
  const page = await visit.open();
  expect(visit.server.requests).not.toContain('/analytics.js');
  expect(await count(page, BANNER)).toBe(1);
  await press(page, 'accept-all');
  await page.waitForFunction(() => 'ran' in window);
  expect(visit.server.requests).toContain('/analytics.js');
});

test('when_followsEveryAnswer', async () => {
  visit.server.pages['/'] = shop(WATCH);
  const page = await visit.open();
  expect(await said(page)).toEqual(['next']);
  for (const answer of ['acceptAll', 'acceptAll', 'withdraw', 'rejectAll', 'acceptAll'] as const) await page.evaluate((it) => window.assent![it](), answer);
  expect(await said(page)).toEqual(['next', 'start', 'stop', 'start']);
});

test('when_storedChoice_startsAtOnce_andRequiredPurposeToo', async () => {
  visit.server.pages['/'] = shop(`${WATCH} consent.when('session', () => said.push('session')); consent.when('session analytics', () => said.push('both'));`);
  const page = await visit.open();
  expect(await said(page)).toEqual(['next', 'session']);
  await press(page, 'accept-all');
  await page.reload();
  await isReady(page);
  expect((await said(page)).sort()).toEqual(['both', 'next', 'session', 'start']);
});

test('when_ended_callsNothing', async () => {
  visit.server.pages['/'] = shop(`const end = consent.when('session', () => said.push('start'), () => said.push('stop')); end();`);
  const page = await visit.open();
  await page.evaluate(() => window.assent!.acceptAll());
  expect(await said(page)).toEqual([]);
});

test('granted_unknownOrNone_isFalse', async () => {
  visit.server.pages['/'] = shop(`Object.assign(window, { ask: () => ['', ' ', 'analytics', 'session', 'session,analytics', 'toString', '__proto__'].map(consent.granted) });`);
  const page = await visit.open();
  const ask = () => page.evaluate(() => (window as unknown as { ask(): boolean[] }).ask());
  expect(await ask()).toEqual([false, false, false, true, false, false, false]);
  await press(page, 'accept-all');
  expect(await ask()).toEqual([false, false, true, true, true, false, false]);
});

test('tag_comesOnce', async () => {
  visit.server.pages['/'] = shop(`assent(location.origin + '/', '${KEY}').open(); assent(location.origin, '${KEY}');`);
  visit.server.pages['/tagged'] = shop('', { head: `<script async src="/w/${KEY}.js"></script>` });
  const page = await visit.open();
  expect(await tags(page)).toEqual([`${visit.server.origin}/w/${KEY}.js`]);
  expect(await count(page, '#assent dialog')).toBe(1);
  await page.goto(`${visit.server.origin}/tagged`);
  expect(await readied(page)).toEqual({ session: true, theme: false, analytics: false });
  expect(await tags(page)).toHaveLength(1);
});

test('language_isAskedFor', async () => {
  visit.server.pages['/'] = shop('', { options: `{ language: 'pt-BR' }` });
  expect(await tags(await visit.open())).toEqual([`${visit.server.origin}/w/${KEY}.js?language=pt-BR`]);
});

test('strictPolicy_nonceAndTrustedTypes_areMet', async () => {
  const policy = `default-src 'none'; script-src 'nonce-n0'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types assent assent-tag`;
  visit.server.pages['/'] = { body: shop(WATCH, { options: `{ nonce: 'n0' }` }), headers: { 'content-security-policy': policy } };
  const page = await visit.open();
  await press(page, 'accept-all');
  expect(await said(page)).toEqual(['next', 'start']);
});

test.each(['http://localhost:1', 'http://[', 'http://SAME/elsewhere'])('serviceAway_nothingIsGranted: %s', async (service) => {
  const page = await visit.open({ expectErrors: true });
  visit.server.pages['/away'] = shop(`${WATCH} consent.open();`, { service: `'${service}'.replace('SAME', location.host)` });
  await page.goto(`${visit.server.origin}/away`);
  expect(await readied(page)).toEqual({});
  expect(await said(page)).toEqual(['next']);
});

test('failedTag_isTriedAgain', async () => {
  const page = await visit.open({ expectErrors: true });
  visit.server.pages['/away'] = shop(`Object.assign(window, { again: () => assent(location.origin, '${KEY}').ready });`, { service: `'http://localhost:1'` });
  await page.goto(`${visit.server.origin}/away`);
  await readied(page);
  expect(await tags(page)).toEqual([]);
  expect(await page.evaluate(() => (window as unknown as { again(): Promise<object> }).again())).toEqual({ session: true, theme: false, analytics: false });
});

test('elementNamedAssent_isNotTheWidget', async () => {
  const page = await visit.open({ expectErrors: true });
  visit.server.pages['/clash'] = shop(WATCH, { service: `'http://localhost:1'`, head: '<meta id="assent">' });
  await page.goto(`${visit.server.origin}/clash`);
  expect(await readied(page)).toEqual({});
  expect(await said(page)).toEqual(['next']);
});

test('answeredVisitor_isNotAsked', async () => {
  const { choiceCookie } = (await import(/* @vite-ignore */ `${project.folder}/node_modules/@assent/widget/npm/dist/testing.js`)) as typeof import('../../npm/types/testing');
  const page = await visit.open();
  await page.context().addCookies([{ ...choiceCookie({ granted: ['session', 'theme', 'analytics'] }), url: visit.server.origin }]);
  await page.reload();
  await isReady(page);
  expect(await count(page, BANNER)).toBe(0);
  expect(await choices(page)).toEqual(GRANTED);
  expect(visit.server.posts).toEqual([]);
});

test('server_nothingIsGranted', () => {
  const told = project.node(`import { assent } from '@assent/widget'; import { choiceCookie } from '@assent/widget/testing';
    const consent = assent('https://consent.example', '${KEY}');
    const end = consent.when('session', () => console.log('started')); consent.open();
    console.log(JSON.stringify([await consent.ready, consent.granted('session'), choiceCookie({ granted: ['session'], version: 3, decidedAt: 0 }).value.slice(0, 14)])); end();`);
  expect(JSON.parse(told)).toEqual([{}, false, 'v1.3.session.0']);
});

test.each(['bundler', 'node16'])('types_strict: %s', (resolution) => {
  project.write({
    'main.ts': `import { assent, type Choices, type Consent } from '@assent/widget';
      import { choiceCookie } from '@assent/widget/testing';
      import type { Change } from '@assent/widget/types';
      const consent: Consent = assent('https://consent.example', 'KEY', { language: 'fr', nonce: document.querySelector('script')?.nonce });
      const end: () => void = consent.when('analytics', () => Promise.resolve(1), () => {});
      const all: Promise<Choices> = consent.ready;
      document.addEventListener('assent:change', ({ detail }) => { const it: Change = detail; end(); void it; });
      window.assent?.set({ analytics: true });
      const { name, value }: { name: 'assent'; value: string } = choiceCookie();
      // @ts-expect-error a purpose is a text
      consent.granted(1);
      // @ts-expect-error no such option
      assent('', '', { lang: 'fr' });
      void [all, name, value];`,
  });
  expect(project.check(resolution)).toBe('');
});

test('package_isSmall_andWhatItSays', () => {
  expect(brotliCompressSync(project.installed('npm/dist/index.js')).length).toBeLessThanOrEqual(1024);
  const { dependencies, sideEffects, private: kept } = JSON.parse(project.installed('package.json'));
  expect([dependencies, sideEffects, kept]).toEqual([undefined, false, undefined]);
  expect(project.installed('npm/dist/LICENSE')).toContain('Apache License');
});

test('unused_isShakenOff', () => expect(project.bundle(`import { assent } from '@assent/widget'; import { choiceCookie } from '@assent/widget/testing'; console.log(1);`)).not.toMatch(/assent|crypto/));
