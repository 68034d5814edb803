// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import type { AutoConsentCMPRule, Config, ContentScriptMessage } from '@duckduckgo/autoconsent';
import { expect } from 'vitest';
import type { Page } from 'playwright-core';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The engine as its makers bundle it for a content script. */
const ENGINE = text('node_modules/@duckduckgo/autoconsent/dist/autoconsent.playwright.js');
const WORLD = 'autoconsent';

/** Every rule that the extension ships; none knows Assent. */
export const SHIPPED: AutoConsentCMPRule[] = JSON.parse(text('node_modules/@duckduckgo/autoconsent/rules/rules.json')).autoconsent;
export const OURS: AutoConsentCMPRule = JSON.parse(text('rules/autoconsent.json'));

/** What the content script has told the background. */
export interface Extension {
  readonly messages: ContentScriptMessage[];
  /** Waits for the first message of a type. */
  said<T extends ContentScriptMessage['type']>(type: T): Promise<Extract<ContentScriptMessage, { type: T }>>;
  /** Sends a message from the background. */
  tell(type: 'optOut' | 'optIn' | 'selfTest'): Promise<void>;
}

/**
 * Installs autoconsent for a page before it is opened, as a browser extension does: the engine runs in
 * an isolated world of every document, asks its background for rules and settings, and reports to it.
 */
export async function install(page: Page, rules: AutoConsentCMPRule[], config: Partial<Config>): Promise<Extension> {
  const browser = await page.context().newCDPSession(page);
  const messages: ContentScriptMessage[] = [];
  let world = 0;
  const send = (message: object) =>
    browser.send('Runtime.evaluate', { contextId: world, expression: `autoconsentReceiveMessage(${JSON.stringify(message)})` });
  browser.on('Runtime.bindingCalled', async ({ payload, executionContextId }) => {
    const message: ContentScriptMessage = JSON.parse(payload);
    world = executionContextId;
    messages.push(message);
    if (message.type === 'init') await send({ type: 'initResp', rules: { autoconsent: rules }, config: { enabled: true, ...config } });
    // What the engine asks about the page's own world, for other vendors' rules: nobody is at home.
    if (message.type === 'eval') await send({ type: 'evalResp', id: message.id, result: false });
  });
  await browser.send('Page.enable');
  await browser.send('Runtime.enable');
  await browser.send('Runtime.addBinding', { name: 'post', executionContextName: WORLD });
  const source = `{ const { post } = globalThis; globalThis.autoconsentSendMessage = (message) => Promise.resolve(post(JSON.stringify(message))); }\n${ENGINE}`;
  await browser.send('Page.addScriptToEvaluateOnNewDocument', { worldName: WORLD, source });
  const find = (type: string) => messages.find((message) => message.type === type);
  return {
    messages,
    tell: async (type) => void (await send({ type })),
    async said(type) {
      await expect.poll(() => find(type), { timeout: 20_000, message: `a message ${type}` }).toBeDefined();
      return find(type) as never;
    },
  };
}
