// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../../test/browser.mjs';
import { SampleLog, canonical } from './log';
import { receiptVector } from './vectors';

// More than this, and something came in that does not belong there.
const MAX_BYTES = 50_000;
const PAGE = new URL('../../dist/verify.html', import.meta.url);
const { file: receipt, vkey } = receiptVector('receipt');
const { file: bundle } = receiptVector('bundle');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** The page, from disk; it must load nothing but itself and say nothing of errors. */
async function open(options: Parameters<Browser['newPage']>[0] = {}) {
  const page = await browser.newPage(options);
  const [requests, errors]: [string[], string[]] = [[], []];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => errors.push(message.text()));
  await page.goto(PAGE.href);
  return { page, requests, errors };
}

const choose = (page: Page, text: string, name = 'bundle.json') => page.setInputFiles('#file', { name, mimeType: 'text/plain', buffer: Buffer.from(text) });
async function outcome(page: Page): Promise<string> {
  await page.waitForSelector('#result:not([hidden])');
  return page.innerText('#outcome');
}
const failedSteps = (page: Page) => page.$$eval('#steps li:has(.refused)', (steps) => steps.map((step) => (step as HTMLElement).dataset.step));

test('bundle_isVerifiedFromDiskWithoutARequest', async () => {
  const { page, requests, errors } = await open();
  await choose(page, bundle);
  expect(await outcome(page)).toBe('Valid, operator-signed');
  expect(await page.innerText('#notes')).toContain('Trust on first use');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('outcome');
  expect(requests).toEqual([PAGE.href]);
  expect(errors).toEqual([]);
  await page.close();
});

test('archive_isToBeUnpacked', async () => {
  const { page } = await open();
  await choose(page, 'PK\x03\x04\x14', 'pack.zip');
  await page.waitForFunction(() => document.querySelector('#status')?.textContent?.startsWith('This is a ZIP archive. Unpack it'));
  expect(await page.isHidden('#result')).toBe(true);
  await page.close();
});

test('damagedBundle_isRefusedNamingTheStep', async () => {
  const { page } = await open();
  for (const [text, step] of [[bundle.replace('Cookies', 'Cakes'), 'artefact'], [bundle.replace('"seq":48213', '"seq":48214'), 'commitment'], ['{', 'parse'], ['', 'parse']] as const) {
    await choose(page, text);
    // An empty file is no JSON, and a receipt needs a key.
    if (!text) {
      await page.fill('#vkey', vkey);
      await page.click('#check .button:not(.quiet):not(label)');
    }
    expect(await outcome(page)).toBe('Not valid');
    await expect.poll(() => failedSteps(page)).toEqual([step]);
  }
  await page.close();
});

test('pastedReceipt_needsTheKey', async () => {
  const { page } = await open();
  await page.fill('#paste', receipt.trimEnd());
  await page.press('#vkey', 'Enter');
  await expect.poll(() => page.innerText('#status')).toContain('paste the log’s key');
  await page.fill('#vkey', 'nonsense');
  await page.press('#vkey', 'Enter');
  await expect.poll(() => page.innerText('#status')).toContain('The log’s key cannot be read');
  await page.fill('#vkey', ` ${vkey} `);
  await page.press('#vkey', 'Enter');
  expect(await outcome(page)).toBe('Valid, operator-signed');
  expect(await page.innerText('#notes')).not.toContain('first use');
  await page.close();
});

test('export_isVerified', async () => {
  const { page } = await open();
  const log = new SampleLog(20);
  await choose(page, Array.from({ length: 20 }, (_, i) => `${canonical(log.bundle(i + 1))}\n`).join(''), 'export.ndjson');
  expect(await outcome(page)).toBe('Valid, operator-signed');
  expect(await page.innerText('#steps')).toContain('records 1 to 20');
  await page.close();
});

test('droppedFile_isVerified', async () => {
  const { page } = await open();
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'dropped.json'));
    return transfer;
  }, bundle);
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  expect(await outcome(page)).toBe('Valid, operator-signed');
  expect(await page.innerText('#what')).toBe('dropped.json');
  await page.close();
});

const linkTo = (text: string | Buffer) => `#bundle=${Buffer.from(text).toString('base64url')}`;

test('bundleInTheLink_isVerifiedAtOnceAndLeavesTheAddress', async () => {
  const { page, errors } = await open();
  await page.goto(`about:blank`);
  await page.goto(`${PAGE.href}?from=mail${linkTo(bundle)}`);
  expect(await outcome(page)).toBe('Valid, operator-signed');
  expect(await page.innerText('#what')).toBe('the bundle in the link');
  expect(page.url()).toBe(`${PAGE.href}?from=mail`);
  await page.fill('#vkey', vkey);
  await page.press('#vkey', 'Enter');
  await expect.poll(() => page.innerText('#notes')).not.toContain('first use');
  await page.evaluate((hash) => (location.hash = hash), linkTo(bundle.replace('"seq":48213', '"seq":48214')));
  await expect.poll(() => page.innerText('#outcome')).toBe('Not valid');
  await expect.poll(() => failedSteps(page)).toEqual(['commitment']);
  expect(page.url()).not.toContain('#');
  expect(errors).toEqual([]);
  await page.close();
});

test('malformedLink_isExplained', async () => {
  const { page, errors } = await open();
  for (const [hash, why] of [
    ['#bundle=', 'it is empty'],
    ['#bundle=e30=', 'not base64url'],
    ['#bundle=%7B%7D', 'not base64url'],
    ['#bundle=e31', 'not canonical base64'],
    ['#bundle=e', 'not canonical base64'],
    [linkTo(Buffer.of(0xff, 0xfe)), 'not UTF-8'],
    [linkTo('x'.repeat(700_000)), 'longer than any bundle'],
  ] as const) {
    await page.evaluate((it) => (location.hash = it), hash);
    await expect.poll(() => page.innerText('#status')).toContain(why);
    expect(await page.innerText('#status')).toContain('The link does not hold a whole bundle');
    expect(await page.isVisible('#result')).toBe(false);
    await expect.poll(() => page.url()).toBe(PAGE.href);
  }
  await page.evaluate((hash) => (location.hash = hash), linkTo(bundle.slice(0, 999)));
  await expect.poll(() => failedSteps(page)).toEqual(['parse']);
  expect(errors).toEqual([]);
  await page.close();
});

test('servedWithItsHeader_stillRuns', async () => {
  const header = readFileSync(new URL('verify.csp', PAGE), 'utf8');
  const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': header }).end(readFileSync(PAGE)));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && !message.text().includes('favicon') && errors.push(message.text()));
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/verify${linkTo(bundle)}`);
  expect(await outcome(page)).toBe('Valid, operator-signed');
  expect(new URL(page.url()).hash).toBe('');
  expect(errors.filter((text) => !/favicon/.test(text))).toEqual([]);
  await page.close();
  server.close();
});

test('browserWithoutEd25519_claimsNothing', async () => {
  const { page } = await open();
  await page.evaluate(() => {
    SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('Unrecognized name', 'NotSupportedError'));
  });
  await choose(page, bundle);
  await expect.poll(() => page.innerText('#status')).toContain('Nothing was checked');
  expect(await page.isVisible('#result')).toBe(false);
  await page.close();
});

test('page_isAccessibleAndNarrow', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await open({ viewport: { width: 320, height: 640 }, colorScheme, bypassCSP: true });
    await choose(page, bundle.replace('"seq":48213', '"seq":48214'));
    await outcome(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.addScriptTag({ path: new URL('../../node_modules/axe-core/axe.min.js', import.meta.url).pathname });
    const faults = await page.evaluate(async () => (await (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe.run()).violations.map(({ id }) => id));
    expect(faults).toEqual([]);
    await page.close();
  }
});

test('page_isOneSmallFileThatMayLoadNothing', () => {
  const html = readFileSync(PAGE, 'utf8');
  const [, policy] = /content="(default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none')"/.exec(html)!;
  expect(readFileSync(new URL('verify.csp', PAGE), 'utf8')).toBe(`${policy}; frame-ancestors 'none'`);
  expect(html).not.toMatch(/\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|innerHTML|eval|import)\(/);
  expect(Buffer.byteLength(html)).toBeLessThan(MAX_BYTES);
});

test('page_saysEveryColourThatItNames', () => {
  const html = readFileSync(PAGE, 'utf8');
  const unsaid = [...html.matchAll(/var\((--[\w-]+)/g)].filter(([, name]) => !html.includes(`${name}:`));
  expect(unsaid.map(([, name]) => name)).toEqual([]);
});
