// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { expect, test } from 'vitest';
import { createHosts, fits } from '../../src/full/hosts';
import { createJudge } from '../../src/full/judge';
import { markUp } from '../../src/full/markup';

const purposes = [
  { id: 'session', required: true, hosts: ['cdn.example'] },
  { id: 'analytics', hosts: ['*.count.example', 'count.example'] },
  { id: 'marketing', hosts: ['ads.example', 'pixel.count.example', '*.shop.example'] },
];
const hosts = createHosts(purposes, ['www.shop.example', 'consent.shop.example'], () => 'https://www.shop.example/a/');

test.each([
  ['count.example', 'count.example', true],
  ['count.example', 'www.count.example', false],
  ['*.count.example', 'a.b.count.example', true],
  ['*.count.example', 'count.example', false],
  ['*.count.example', 'discount.example', false],
])('fits: %s %s', (pattern, host, wanted) => expect(fits(pattern, host)).toBe(wanted));

test.each([
  ['https://count.example/x.js', ['analytics']],
  ['//COUNT.example:8080/x.js', ['analytics']],
  ['wss://www.count.example', ['analytics']],
  ['https://count.example./x.js', ['analytics']],
  ['\\\\ads.example/x', ['marketing']],
  ['https://pixel.count.example', ['analytics', 'marketing']],
  ['https://cdn.example/x.js', []],
  ['https://metrics.shop.example', ['marketing']],
  ['https://consent.shop.example/w/x.js', []],
  ['/x.js', []],
  ['x.js?u=https://count.example', []],
  ['data:,count.example', []],
  ['https://', []],
  ['', []],
])('address_needs: %s', (address, ids) => {
  expect(hosts(address)).toEqual(ids);
  expect(hosts(address)).toEqual(ids);
});

const judge = createJudge(hosts, /count\.example|ads\.example/i, () => ({ session: true, analytics: false, marketing: true }), new Set());
test.each([
  ['src', 'https://ads.example/a', ['marketing']],
  ['srcset', '/a 1x,https://count.example/b 2x, https://ads.example/c', ['analytics', 'marketing']],
  ['srcdoc', '<img src="//count.example/a">', ['analytics']],
  ['srcdoc', '<p>nothing</p>', []],
])('value_needs: %s %s', (name, value, ids) => expect(judge.needs(name, value)).toEqual(ids));

test.each([
  ['<p>https://count.example</p>', undefined],
  ['<a href="https://count.example">x</a>', undefined],
  ['<img src="https://ads.example/granted">', undefined],
  ['<img alt=x src="https://count.example/?a&amp;b">', '<img data-assent="analytics" alt=x data-src="https://count.example/?a&amp;b">'],
  ["<SCRIPT SRC='//count.example/x.js' async></SCRIPT>", `<SCRIPT data-assent="analytics" data-SRC='//count.example/x.js' async></SCRIPT>`],
  ['<iframe title="a > b" src=//count.example/x></iframe>', '<iframe data-assent="analytics" title="a > b" data-src=//count.example/x></iframe>'],
  ['<img title="src=https://count.example">', undefined],
  ['<iframe data-assent="marketing" src="//count.example">', '<iframe data-assent="marketing" data-src="//count.example">'],
  ['<imgx src="//count.example">', undefined],
  ['<img src="//count.example', '<img src="//count.example'],
])('markUp: %s', (html, wanted) => expect(markUp(html, judge)).toBe(wanted ?? html));
