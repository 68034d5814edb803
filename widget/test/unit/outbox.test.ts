// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../src/choice';
import { isFinal, openOutbox, waitSeconds } from '../../src/outbox';

const memory = () => {
  const held = new Map<string, string>();
  return {
    get: (key: string) => held.get(key),
    set: (key: string, value: string) => void held.set(key, value),
    remove: (key: string) => void held.delete(key),
    keys: () => [...held.keys()].sort(),
  };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const HOUR = 3_600_000;

test.each([200, 201, 204, 400, 409, 413, 415])('isFinal: %i', (status) => expect(isFinal(status, 0)).toBe(true));
test.each([401, 403, 404, 407, 410, 421, 422, 451])('isFinal_afterADay: %i', (status) => {
  expect(isFinal(status, 24 * HOUR)).toBe(false);
  expect(isFinal(status, 24 * HOUR + 1)).toBe(true);
});
test.each([0, 408, 425, 429, 500, 502, 503])('isFinal_never: %i', (status) => expect(isFinal(status, 999 * HOUR)).toBe(false));

test('waitSeconds_growsToTenMinutesAndHeedsTheService', () => {
  expect(waitSeconds(0, 0, 0)).toBe(5);
  expect(waitSeconds(3, 0.5, 0)).toBe(60);
  expect(waitSeconds(30, 0, 0)).toBe(600);
  expect(waitSeconds(0, 0, 120)).toBe(120);
  expect(waitSeconds(0, 0, 1e9)).toBe(600);
});

test('outbox_keepsAChoiceUntilTheServiceHasIt', async () => {
  const store = memory();
  const answers = [503, 0, 201];
  const sent: string[] = [];
  const delivered: string[] = [];
  const deliver = async (body: string) => (sent.push(body), { status: answers.shift()!, retryAfter: 0 });
  const outbox = openOutbox(store, 's', deliver, (id) => delivered.push(id));
  outbox.put('a', 'A');
  expect(outbox.has('a')).toBe(true);
  outbox.flush();
  await vi.advanceTimersByTimeAsync(40_000);
  expect(sent).toEqual(['A', 'A', 'A']);
  expect(delivered).toEqual(['a']);
  expect(store.keys()).toEqual([]);
});

test('outbox_dropsWhatIsRefusedForGood', async () => {
  const store = memory();
  const outbox = openOutbox(store, 's', async () => ({ status: 400, retryAfter: 0 }), () => expect.unreachable());
  outbox.put(newId(Date.now(), new Uint8Array(10)), 'A');
  outbox.flush();
  await vi.advanceTimersByTimeAsync(0);
  expect(store.keys()).toEqual([]);
});

test.each([401, 403, 404, 422])('outbox_outlivesARefusalThatPasses: %i', async (status) => {
  const store = memory();
  const answers = [status, status, 201];
  const delivered: string[] = [];
  const id = newId(Date.now(), new Uint8Array(10));
  const outbox = openOutbox(store, 's', async () => ({ status: answers.shift()!, retryAfter: 0 }), (it) => delivered.push(it));
  outbox.put(id, 'A');
  outbox.flush();
  await vi.advanceTimersByTimeAsync(0);
  expect(outbox.has(id)).toBe(true);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(delivered).toEqual([id]);
  expect(store.keys()).toEqual([]);
});

test('outbox_givesUpARefusedChoiceAfterADay', async () => {
  const store = memory();
  const outbox = openOutbox(store, 's', async () => ({ status: 422, retryAfter: 0 }), () => expect.unreachable());
  outbox.put(newId(Date.now(), new Uint8Array(10)), 'A');
  outbox.flush();
  await vi.advanceTimersByTimeAsync(23 * HOUR);
  expect(store.keys().length).toBe(1);
  await vi.advanceTimersByTimeAsync(2 * HOUR);
  expect(store.keys()).toEqual([]);
});

test('outbox_sendsOldestFirstAndNothingTwiceAtOnce', async () => {
  const sent: string[] = [];
  const outbox = openOutbox(memory(), 's', (body) => (sent.push(body), new Promise(() => {})), () => {});
  outbox.put('2', 'second');
  outbox.put('1', 'first');
  outbox.flush();
  outbox.flush();
  expect(sent).toEqual(['first', 'second']);
});

test('outbox_isBoundedAndDropsTheOldest', () => {
  const store = memory();
  const outbox = openOutbox(store, 's', async () => ({ status: 0, retryAfter: 0 }), () => {});
  for (let at = 0; at < 50; at++) outbox.put(String(at).padStart(3, '0'), '{}');
  expect(store.keys().length).toBe(20);
  expect(store.keys()[0]).toBe('assent.s.outbox.030');
});

test('outbox_leavesOtherSitesAlone', () => {
  const store = memory();
  store.set('assent.other.outbox.1', 'theirs');
  store.set('theme', 'dark');
  openOutbox(store, 's', () => expect.unreachable(), () => {}).flush();
  expect(store.keys().length).toBe(2);
});
