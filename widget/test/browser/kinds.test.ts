// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Every kind of element that a page can mark, by the log of the network.

import { expect, test } from 'vitest';
import { shop } from '../sites.mjs';
import { count, press, until, visits } from './page';

const visit = visits();

const KINDS: Record<string, string> = {
  script: '<script type="text/plain" data-assent="analytics" src="/held/script.js"></script>',
  module: '<script type="text/plain" data-assent="analytics" data-type="module" src="/held/module.js"></script>',
  iframe: '<iframe data-assent="analytics" data-src="/held/iframe"></iframe>',
  img: '<img alt="" data-assent="analytics" data-src="/held/img">',
  srcset: '<img alt="" data-assent="analytics" data-srcset="/held/srcset 1x">',
  picture: '<picture data-assent="analytics"><source data-srcset="/held/picture"><img alt=""></picture>',
  video: '<video data-assent="analytics" data-src="/held/video"></video>',
  poster: '<video data-assent="analytics" data-poster="/held/poster"></video>',
  source: '<video data-assent="analytics" preload="auto"><source data-src="/held/source"></video>',
  track: '<video data-assent="analytics" data-src="/held/tracked"><track default kind="subtitles" data-src="/held/track"></video>',
  audio: '<audio data-assent="analytics" preload="auto" data-src="/held/audio"></audio>',
  embed: '<embed data-assent="analytics" type="text/html" data-src="/held/embed">',
  object: '<object data-assent="analytics" type="text/html" data-data="/held/object"></object>',
  link: '<link rel="stylesheet" data-assent="analytics" data-href="/held/link">',
};
const BODY = Object.values(KINDS).join('\n');
const WANTED = Object.keys(KINDS);
const reached = () => WANTED.filter((kind) => visit.server.requests.some((it) => it.startsWith(`/held/${kind}`)));

test.each([
  ['in the page', {}],
  ['under Trusted Types', { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types assent" }],
])('everyKind_waits: %s', async (_, headers) => {
  visit.server.pages['/'] = { body: shop('en', { body: BODY }), headers };
  const page = await visit.open({ expectErrors: true });
  await page.waitForLoadState('networkidle');
  expect(reached()).toEqual([]);
  await press(page, 'accept-all');
  await expect.poll(reached).toEqual(WANTED);
});

test('template_isHeldWhereItsCopyComes', async () => {
  const page = await visit.open({ expectErrors: true });
  visit.server.pages['/new'] = '';
  await page.evaluate((body) => {
    const template = document.createElement('template');
    template.innerHTML = `<template>${body.replace(/<script.*?<\/script>/g, '')}</template>`;
    const inner = (template.content.firstElementChild as HTMLTemplateElement).content;
    document.body.replaceWith(Object.assign(document.createElement('body'), { id: 'new' }));
    document.body.append(inner.cloneNode(true));
  }, BODY);
  await page.waitForSelector('[data-assent=placeholder]');
  expect(reached()).toEqual([]);
  await press(page, 'accept-all');
  await expect.poll(reached).toEqual(WANTED.slice(2));
});

test('markedLater_isHeldThen_andUnmarkedIsFree', async () => {
  visit.server.pages['/'] = shop('en', { body: '<iframe id="late" data-src="/held/iframe"></iframe>' });
  const page = await visit.open();
  await page.evaluate(() => document.getElementById('late')!.setAttribute('data-assent', 'analytics'));
  await page.waitForSelector('[data-assent=placeholder]');
  await page.evaluate(() => document.getElementById('late')!.remove());
  await page.waitForSelector('[data-assent=placeholder]', { state: 'detached' });
  expect(await count(page, 'iframe')).toBe(0);
});

test('oneThatFails_doesNotStopTheOthers', async () => {
  visit.server.pages['/'] = {
    body: shop('en', { body: '<embed data-assent="analytics" data-src="/held/embed"><img alt="" data-assent="analytics" data-src="/held/img">' }),
    headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types other" },
  };
  const page = await visit.open({ expectErrors: true });
  await press(page, 'accept-all');
  await until(() => reached().includes('img'));
  expect(reached()).toEqual(['img']);
});

test('attributesAndOrder_areKept', async () => {
  const PLAIN = '<script type="text/plain" data-assent="analytics"';
  visit.server.pages['/'] = shop('en', {
    body: `${PLAIN} data-type="importmap">{"imports":{"it":"/held/it.js"}}</script>
      ${PLAIN} nomodule src="/held/old.js"></script>
      ${PLAIN} id="one" src="/held/one.js" defer referrerpolicy="no-referrer" onload="(window.ran ??= []).push('onload')"></script>
      ${PLAIN} src="/held/two.js"></script>
      ${PLAIN}>window.ran.push('inline')</script>
      ${PLAIN} data-type="module">import 'it'; window.ran.push('module')</script>`,
  });
  const page = await visit.open();
  await press(page, 'accept-all');
  const ran = () => page.evaluate(() => (window as { ran?: string[] }).ran ?? []);
  await expect.poll(ran).toContain('module');
  await expect.poll(ran).toContain('onload');
  const order = await ran();
  expect(order.indexOf('/held/two.js')).toBeLessThan(order.indexOf('inline'));
  expect(order.indexOf('/held/it.js')).toBeLessThan(order.indexOf('module'));
  expect(order).not.toContain('/held/old.js');
  expect(await page.evaluate(() => ['defer', 'referrerpolicy'].map((it) => document.getElementById('one')!.getAttribute(it)))).toEqual(['', 'no-referrer']);
});
