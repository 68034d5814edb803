// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Pictures of every state, to be looked at: npm run look [folder]

import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from './browser.mjs';
import { builtIn, samplePolicy } from './policy.mjs';
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

const phone = { width: 390, height: 844, hasTouch: true, deviceScaleFactor: 2 };
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

await picture('desktop', {});
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
