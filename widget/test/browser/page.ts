// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Payload } from '../../src/types';
import { launch } from '../browser.mjs';
import { samplePolicy } from '../policy.mjs';
import { startServer, type TestServer } from '../server.mjs';
import { shop } from '../sites.mjs';

export const TAG = '<script async src="/w/k7Q2mZ0pRb.js"></script>';
export const BANNER = '[data-assent=banner]';

/** A fresh site and a fresh browser profile for each test; no test leaves an error in the page. */
export interface Visit {
  server: TestServer;
  /** Opens a page as a visitor without history; waits until the widget is ready. */
  open(options?: { path?: string; policy?: Partial<Payload> & { languages?: string[] }; browser?: BrowserContextOptions; expectErrors?: boolean }): Promise<Page>;
  /** Waits until this many choices have come, and the page knows it: its next load sends none of them again. */
  recorded(page: Page, number: number): Promise<void>;
}

export function visits(): Visit {
  let browser: Browser;
  const errors: string[] = [];
  const visit = {
    async open({ path = '/', policy = {}, browser: options = {}, expectErrors = false } = {}) {
      visit.server.policy = samplePolicy(policy);
      const page = await (await browser.newContext({ locale: 'en-GB', ...options })).newPage();
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && !expectErrors && !message.text().includes('404') && errors.push(message.text()));
      await page.goto(visit.server.origin + path);
      await isReady(page);
      return page;
    },
    async recorded(page, number) {
      await until(() => visit.server.posts.length === number);
      await expect.poll(() => outbox(page)).toBe(0);
    },
  } as Visit;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    visit.server = await startServer();
    visit.server.pages['/'] = shop();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    visit.server.close();
    expect(errors.splice(0)).toEqual([]);
  });
  return visit;
}

export const isReady = (page: Page) => page.waitForFunction(() => window.assent?.ready.then(() => true));
export const press = (page: Page, hook: string) => page.click(`#assent [data-assent=${hook}]`);
export const count = (page: Page, selector: string) => page.locator(selector).count();
export const choices = (page: Page) => page.evaluate(() => window.assent!.choices);
/** How many choices are on their way to the service. */
export const outbox = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.outbox.')).length);
/** Waits until `condition` holds: for what happens outside the page. */
export const until = (condition: () => boolean) => expect.poll(condition, { interval: 20 }).toBe(true);
export const REFUSED = { session: true, theme: false, analytics: false };
export const GRANTED = { session: true, theme: true, analytics: true };
