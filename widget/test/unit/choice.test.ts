// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { expect, test } from 'vitest';
import { choicesBy, formatCookie, grantedIds, holds, idIn, isChanged, isDue, newId, parseCookie } from '../../src/choice';
import type { Payload } from '../../src/types';
import { samplePolicy } from '../policy.mjs';

const policy = samplePolicy() as Payload;
const ID = '0198f0c2-8f3a-7c1e-9b7a-3f0c6f1f2a11';
const COOKIE = `v1.12.session+theme.t64qk3.${ID}`;

test('newId_isUuid7OfItsTime', () => {
  const id = newId(0x0198f0c28f3a, new Uint8Array([255, 255, 255, 255, 255, 255, 255, 255, 255, 255]));
  expect(id).toBe('0198f0c2-8f3a-7fff-bfff-ffffffffffff');
  expect(newId(0, new Uint8Array(10))).toBe('00000000-0000-7000-8000-000000000000');
});

test('newId_uses74RandomBits', () => {
  const seen = new Set<string>();
  for (let at = 0; at < 80; at++) {
    const random = new Uint8Array(10);
    random[at >> 3] = 1 << (at & 7);
    seen.add(newId(0, random));
  }
  seen.delete('00000000-0000-7000-8000-000000000000');
  expect(seen.size).toBe(74);
});

test('newId_sortsByTime', () => {
  const random = new Uint8Array(10).fill(200);
  expect(newId(1763805603120, random) < newId(1763805603121, new Uint8Array(10))).toBe(true);
});

test('cookie_isReadBackAsWritten', () => {
  const stored = { version: 12, granted: ['session', 'theme'], decidedAt: 1763805603, id: ID };
  expect(parseCookie(formatCookie(stored))).toEqual(stored);
});

test.each([
  ['empty', ''],
  ['another format', COOKIE.replace('v1', 'v2')],
  ['truncated', COOKIE.slice(0, -1)],
  ['longer', `${COOKIE}.x`],
  ['an id that is no UUIDv7', COOKIE.replace('-7c1e', '-4c1e')],
  ['a version that is no number', COOKIE.replace('.12.', '.1e3.')],
  ['a huge version', COOKIE.replace('.12.', '.1234567890.')],
  ['a space', COOKIE.replace('+', ' ')],
])('parseCookie_refuses: %s', (_, value) => expect(parseCookie(value)).toBeUndefined());

test('parseCookie_readsNoGrantsAsNone', () => expect(parseCookie(COOKIE.replace('session+theme', ''))!.granted).toEqual([]));

test('idIn_takesOnlyAnId', () => {
  expect(idIn(ID)).toBe(ID);
  for (const text of [undefined, null, '', 'broken', `${ID} `, `0.${ID}`, ID.replace('-7', '-4'), ID.toUpperCase()]) expect(idIn(text)).toBeUndefined();
});

test('holds_untilTheEndOfItsLifetime', () => {
  const stored = { version: 11, granted: [], decidedAt: 1_000, id: ID };
  expect(holds(stored, policy, 1_000)).toBe(true);
  expect(holds(stored, policy, 1_000 + policy.maxAgeSeconds - 1)).toBe(true);
  expect(holds(stored, policy, 1_000 + policy.maxAgeSeconds)).toBe(false);
  expect(holds(stored, policy, 0)).toBe(true);
});

test('isDue_withoutAChoiceOrAfterAMaterialVersion', () => {
  const stored = { version: 11, granted: [], decidedAt: 1_000, id: ID };
  expect(isDue(undefined, policy)).toBe(true);
  expect(isDue(stored, policy)).toBe(false);
  expect(isDue(undefined, { ...policy, asks: 0 })).toBe(false);
  expect(isDue({ ...stored, version: 10 }, policy)).toBe(true);
  expect(isDue({ ...stored, version: 13 }, policy)).toBe(false);
});

test('isChanged_sinceAVersion_orWhereNothingIsSaidSinceTheLastMaterialOne', () => {
  const stored = { version: 10, granted: [], decidedAt: 1_000, id: ID };
  const purpose = { id: 'x' };
  expect(isChanged({ ...purpose, since: 10 }, stored, policy)).toBe(false);
  expect(isChanged({ ...purpose, since: 11 }, stored, policy)).toBe(true);
  expect(isChanged(purpose, stored, policy)).toBe(true);
  expect(isChanged(purpose, { ...stored, version: 11 }, policy)).toBe(false);
});

test('choicesBy_namesEveryPurposeAndKeepsRequiredOnes', () => {
  expect(choicesBy(policy, () => false)).toEqual({ session: true, theme: false, analytics: false });
  expect(choicesBy(policy, () => true)).toEqual({ session: true, theme: true, analytics: true });
  expect(grantedIds(choicesBy(policy, ({ id }) => id === 'theme'))).toEqual(['session', 'theme']);
});

test('choicesBy_cannotBeChangedAfterwards', () => {
  const choices = choicesBy(policy, () => false) as Record<string, boolean>;
  expect(() => (choices.analytics = true)).toThrow();
});
