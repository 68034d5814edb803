// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { expect, test } from 'vitest';
import { baseOf } from '../../src/api';
import { isAllowed, purposesOf } from '../../src/choice';
import { toForget } from '../../src/forget';
import { consentTypes } from '../../src/signals';
import type { Payload, Purpose, Tracker } from '../../src/types';
import { samplePolicy } from '../policy.mjs';

const policy = samplePolicy() as Payload;

test.each([
  ['https://c.example.com/w/abc.js', 'https://c.example.com'],
  ['https://example.com/consent/w/abc/0f.js', 'https://example.com/consent'],
  ['http://localhost:8080/w/abc.js?x=/w/', 'http://localhost:8080'],
  ['data:text/javascript,/w/', undefined],
  ['https://cdn.example/assent.js', undefined],
  [undefined, undefined],
])('baseOf: %s → %s', (address, base) => expect(baseOf(address)).toBe(base));

test('isAllowed_onlyWhereEveryNamedPurposeIsGranted', () => {
  const choices = { session: true, theme: true, analytics: false };
  expect(isAllowed(purposesOf('theme'), choices)).toBe(true);
  expect(isAllowed(purposesOf(' theme,session '), choices)).toBe(true);
  expect(isAllowed(purposesOf('theme analytics'), choices)).toBe(false);
});

test.each([undefined, '', ' , ', 'unknown', 'constructor', '__proto__'])('isAllowed_neverFor: %j', (value) =>
  expect(isAllowed(purposesOf(value), { session: true })).toBe(false));

const cookie = (name: string, match?: Tracker['match']): Tracker => ({ name, type: 'cookie', ...(match && { match }) });
const purposes: Purpose[] = [
  { id: 'session', required: true, trackers: [cookie('sid'), cookie('_ga_keep')] },
  { id: 'analytics', required: false, trackers: [cookie('_ga'), cookie('_ga_*', 'prefix')] },
];
const found = ['sid', '_ga', '_ga_123', '_ga_keep', '_gat', 'assent', 'assent.k.secret'];
const refused = { session: true, analytics: false };

test('toForget_byNameAndByPrefix', () => {
  expect(toForget(purposes, refused, cookie('_ga'), found)).toEqual(['_ga']);
  expect(toForget(purposes, refused, cookie('_ga_*', 'prefix'), found)).toEqual(['_ga_123']);
});

test('toForget_neverWhatAGrantedPurposeDeclares', () =>
  expect(toForget(purposes, refused, cookie('_ga_keep'), found)).toEqual([]));

test.each(['', '*'])('toForget_nothingForAnEmptyPrefix: %j', (name) =>
  expect(toForget(purposes, refused, cookie(name, 'prefix'), found)).toEqual([]));

test('toForget_neverOurOwn', () => expect(toForget(purposes, refused, cookie('assent', 'prefix'), found)).toEqual([]));

test('consentTypes_deniedUnlessAGrantedPurposeNamesThem', () => {
  expect(consentTypes(policy, { session: true, theme: true, analytics: false })).toEqual({
    ad_storage: 'denied',
    ad_user_data: 'denied',
    ad_personalization: 'denied',
    analytics_storage: 'denied',
    functionality_storage: 'denied',
    personalization_storage: 'denied',
    security_storage: 'granted',
  });
  expect(consentTypes(policy, { analytics: true }).analytics_storage).toBe('granted');
});
