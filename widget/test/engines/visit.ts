// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Choices } from '../../types/assent';
import { TAG } from '../browser/page';
import { startServer, type TestServer } from '../server.mjs';
import { shop } from '../sites.mjs';
import type { Browser, Visitor } from './browser';

/** Keeps what a console would show as an error, over reloads and in any engine. */
const LISTENER = `<script>{
  const keep = (text) => (sessionStorage.errors = (sessionStorage.errors ?? '') + text + '\\n');
  addEventListener('error', ({ message }) => keep(message));
  addEventListener('unhandledrejection', ({ reason }) => keep(reason));
  addEventListener('securitypolicyviolation', ({ violatedDirective }) => keep(violatedDirective));
  console.error = (...words) => keep(words.join(' '));
}</script>`;

const HELD = `
<script type="text/plain" data-assent="analytics" src="/held.js"></script>
<script type="text/plain" data-assent="analytics">(window.ran ??= []).push('inline')</script>
<iframe data-assent="analytics" data-src="/map" width="300" height="150" title="Map"></iframe>`;

/** What runs, or is asked for, only with consent to `analytics`. */
export const RAN = ['/held.js', 'inline'];

/**
 * A fresh site and a fresh visitor for each test, in one browser; no test leaves an error in the
 * page. What is seen is waited for, as nothing else says when a page is as far.
 */
export class Visit {
  browser!: Browser;
  server!: TestServer;
  visitor!: Visitor;

  /** Goes to a page of the site: all have the same scripts and frames held. */
  go(path: string): Promise<void> {
    this.server.pages[path] = shop('en', { head: LISTENER + TAG, body: HELD });
    return this.visitor.go(this.server.origin + path);
  }

  /** What the page says, until it is as expected. */
  ask<A extends unknown[], T>(question: (...given: A) => T, ...given: A) {
    return expect.poll(() => this.visitor.ask(question, ...given), { interval: 20 });
  }

  see(hook: string, times = 1): Promise<void> {
    return this.ask((it) => document.querySelectorAll(`#assent [data-assent=${it}]`).length, hook).toBe(times);
  }

  async click(hook: string): Promise<void> {
    await this.see(hook);
    await this.visitor.click(`#assent [data-assent=${hook}]`);
  }

  choices(expected: Choices): Promise<void> {
    return this.ask(() => window.assent?.choices).toEqual(expected);
  }

  /** Which held scripts have run in this page. */
  ran(expected: string[]): Promise<void> {
    return this.ask(() => (window as { ran?: string[] }).ran ?? []).toEqual(expected);
  }

  /** How many choices are still on their way. */
  waiting(expected: number): Promise<void> {
    return this.ask(() => Object.keys(localStorage).filter((key) => key.includes('.outbox.')).length).toBe(expected);
  }

  /** Which choices the service has been sent, in order. One that a reload overtakes comes twice, as the same. */
  sent(...expected: string[]): Promise<void> {
    const actions = () => [...new Map(this.server.posts.map(({ choice }) => [choice.id, choice.action])).values()];
    return expect.poll(actions, { interval: 20 }).toEqual(expected);
  }
}

export function visits(launch: () => Promise<Browser>): Visit {
  const visit = new Visit();
  beforeAll(async () => {
    visit.browser = await launch();
  });
  afterAll(() => visit.browser?.close());
  beforeEach(async () => {
    visit.server = await startServer();
    visit.server.pages['/map'] = 'a map';
    visit.visitor = await visit.browser.visitor();
    await visit.go('/');
    await visit.see('banner');
  });
  afterEach(async () => {
    try {
      expect(await visit.visitor.ask(() => sessionStorage.errors ?? '')).toBe('');
    } finally {
      await visit.visitor.leave();
      visit.server.close();
    }
  });
  return visit;
}
