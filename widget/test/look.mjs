// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Pictures of every state, to be looked at: npm run look [folder]

import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from './browser.mjs';
import { builtIn, hashOf, samplePolicy } from './policy.mjs';
import { startServer } from './server.mjs';
import { hostile, shop } from './sites.mjs';

const folder = process.argv[2] ?? join(tmpdir(), 'assent-look');
const only = process.argv[3];
mkdirSync(folder, { recursive: true });
const server = await startServer();
const browser = await launch();
server.pages['/'] = shop();
server.pages['/hostile'] = hostile();

async function picture(name, { width = 1280, height = 800, lang = 'en', path = '/', policy = {}, body = '', act, ...context }) {
  if (only && !name.includes(only)) return;
  const { purposes } = builtIn(lang);
  server.policy = samplePolicy({ languages: [lang], ...policy });
  server.policy.texts[lang].purposes = purposes;
  server.policy.sha256 = hashOf(server.policy);
  server.pages['/'] = shop(lang, { body });
  const page = await (await browser.newContext({ viewport: { width, height }, locale: lang, ...context })).newPage();
  page.on('pageerror', (failure) => console.error(name, failure));
  page.on('console', (message) => message.type() === 'error' && !message.text().includes('404') && console.error(name, message.text()));
  await page.goto(server.origin + path);
  await page.waitForSelector('[data-assent=banner]', { timeout: 5000 });
  await act?.(page);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.context().close();
}

const phone = { width: 390, height: 844, hasTouch: true, deviceScaleFactor: 1 };
const choose = (page) => page.click('[data-assent=choose]');
const FRAME = '<iframe data-assent="marketing" data-src="https://video.example/1" width="560" height="315" title="Film"></iframe>';
const answered = async (hook, page) => {
  await page.click(`[data-assent=${hook}]`);
  await page.waitForSelector('[data-assent=reopen]');
};
const reopened = async (page) => {
  await answered('accept-all', page);
  await page.waitForTimeout(400);
  await page.click('[data-assent=reopen]');
  await page.click('summary >> nth=2');
  await page.locator('table >> nth=2').scrollIntoViewIfNeeded();
};
const opened = async (page) => {
  await answered('accept-all', page);
  await page.click('[data-assent=reopen]');
  await page.waitForSelector('[data-assent=erasure]');
};
/** To the end of the words. */
const down = (page) => page.$eval('dialog .assent-words', (it) => it.scrollTo(0, it.scrollHeight));
const record = async (page) => (await opened(page), await down(page));
const history = async (page) => {
  for (const hook of ['accept-all', 'reject-all', 'save']) {
    if (hook === 'accept-all') await page.click(`[data-assent=${hook}]`);
    else await page.click('[data-assent=reopen]').then(() => page.click(`dialog [data-assent=${hook}]`));
    await page.waitForSelector('dialog', { state: 'detached' });
  }
  await page.click('[data-assent=reopen]');
  await page.click('[data-assent=history] summary');
  await page.waitForSelector('[data-assent=past-record]');
  await page.locator('[data-assent=history]').evaluate((it) => it.scrollIntoView());
};
/** Names and words as long as they may come. */
const LONG = {
  controller: { name: 'Linden, Buche & Söhne Drechslerei- und Möbelwerkstätten GmbH & Co. KG', address: 'Mill Lane 4\n8000 Aarhus C\nDenmark', contact: 'https://shop.example/privacy/contact-the-data-protection-officer' },
  purposes: [{ id: 'analytics', required: false, since: 11, trackers: [...Array(60).keys()].map((at) => ({ name: `_${'averyLongNameWithoutAnyBreak'.repeat(1 + (at % 3))}${at}`, type: 'sessionStorage', provider: 'Statistics of Many Words Incorporated', lifetime: 'P1Y6M', thirdParty: true })) }],
};
const trackers = async (page) => {
  await choose(page);
  await page.click('[data-assent=trackers] summary');
};
const erasing = async (page) => {
  await opened(page);
  await page.click('[data-assent=erase]');
  await down(page);
};
const notErased = async (page) => {
  await opened(page);
  server.visitorAnswer = 503;
  await page.click('[data-assent=erase]');
  await page.click('[data-assent=erase-confirm]');
  await page.waitForFunction(() => document.querySelector('[data-assent=erasure] > [role=status]').textContent);
  server.visitorAnswer = 200;
};
const erased = async (page) => {
  await opened(page);
  await page.click('[data-assent=erase]');
  await page.click('[data-assent=erase-confirm]');
  await page.waitForSelector('[data-assent=erased]');
};
const offline = async (page) => {
  server.answer = 503;
  await record(page);
  server.answer = 201;
};
const failed = async (page) => {
  server.alter = (_path, body) => `${body} `;
  await choose(page);
  await page.waitForFunction(() => document.querySelectorAll('dialog .assent-note').length > 1);
  await down(page);
  server.alter = (_path, body) => body;
};
const announced = async (page) => {
  const { texts } = server.policy;
  const [language] = Object.keys(texts);
  const now = Date.now() / 1000;
  server.coming = {
    ...samplePolicy({ languages: [language], version: 13, asks: 13 }),
    purposes: [...server.policy.purposes.filter(({ id }) => id !== 'theme').map((it) => (it.id === 'analytics' ? { ...it, since: 13, trackers: [...it.trackers, { name: '_clck', type: 'cookie', provider: 'Microsoft' }] } : it)), { id: 'marketing', required: false, since: 13, trackers: [] }],
  };
  server.coming.texts = texts;
  server.coming.sha256 = hashOf(server.coming);
  server.policy.notice = { version: 13, sha256: server.coming.sha256, from: now - 60, at: now + 14 * 86400 };
  await answered('accept-all', page);
  await page.reload();
  await page.waitForSelector('[data-assent=notice]');
};

/** A material version that changes the statistics is live when the visitor comes back. */
const again = async (page) => {
  await answered('accept-all', page);
  server.policy.version = server.policy.asks = 13;
  server.policy.purposes.forEach((it) => (it.since = it.id === 'analytics' ? 13 : 1));
  await page.reload();
  await page.waitForSelector('[data-assent=changed]');
};
/** The browser sends Global Privacy Control to a site that sells. */
const signalled = async (page) => {
  server.policy.purposes[2].sale = true;
  await page.addInitScript("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })");
  await page.reload();
  await page.waitForSelector('[data-assent=gpc]');
};

await picture('desktop', {});
await picture('desktop-again', { act: again });
await picture('desktop-signal', { act: signalled });
await picture('phone-again', { ...phone, act: again });
await picture('desktop-dark', { colorScheme: 'dark' });
await picture('desktop-left', { policy: { appearance: { position: 'bottom-left' } } });
await picture('desktop-center', { policy: { appearance: { position: 'center', accent: '#7c2d12', radius: 2 } } });
await picture('desktop-preferences', { act: choose });
await picture('desktop-preferences-dark', { act: reopened, colorScheme: 'dark' });
await picture('desktop-reopened', { act: reopened });
await picture('desktop-answered', { act: answered.bind(null, 'accept-all') });
await picture('desktop-frame', { body: FRAME, act: answered.bind(null, 'reject-all') });
await picture('desktop-arabic', { lang: 'ar' });
await picture('desktop-arabic-preferences', { lang: 'ar', act: reopened });
await picture('desktop-hostile', { path: '/hostile' });
await picture('desktop-hostile-preferences', { path: '/hostile', act: reopened });
await picture('desktop-forced', { forcedColors: 'active' });
await picture('desktop-forced-preferences', { forcedColors: 'active', act: choose });
for (const [kind, act] of Object.entries({ record, history, erasing, 'not-erased': notErased, erased, offline, failed, announced })) {
  await picture(`details-${kind}`, { act });
  await picture(`details-${kind}-dark`, { act, colorScheme: 'dark' });
  await picture(`details-${kind}-arabic`, { act, lang: 'ar' });
  await picture(`details-${kind}-phone`, { ...phone, act });
  await picture(`details-${kind}-small`, { ...phone, width: 320, height: 568, act, lang: 'de' });
}
await picture('details-announced-hostile', { path: '/hostile', act: announced });
await picture('details-announced-forced', { forcedColors: 'active', act: announced });
await picture('details-erasing-forced', { forcedColors: 'active', act: erasing });
await picture('details-erasing-hostile', { path: '/hostile', act: erasing });
await picture('details-trackers', { policy: LONG, act: trackers });
await picture('details-trackers-small', { ...phone, width: 320, height: 568, lang: 'de', policy: LONG, act: trackers });
await picture('phone', phone);
await picture('phone-dark', { ...phone, colorScheme: 'dark' });
await picture('phone-german', { ...phone, lang: 'de' });
await picture('phone-preferences', { ...phone, act: reopened });
await picture('phone-hostile', { ...phone, path: '/hostile' });
await picture('small', { ...phone, width: 320, height: 568 });
await picture('small-preferences', { ...phone, width: 320, height: 568, act: reopened });
await picture('zoom-400', { width: 320, height: 256 });

await browser.close();
server.close();
console.log(`pictures in ${folder}`);
