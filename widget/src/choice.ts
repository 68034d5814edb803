// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Choices, Payload, StoredChoice } from './types';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Makes a UUIDv7 (RFC 9562 §5.7): 48 bits of time, 74 random bits.
 *
 * @param millis Unix milliseconds, 0 to 2^48 - 1
 * @param random 10 bytes; the first and the third lose their upper 4 and 2 bits to version and variant
 */
export function newId(millis: number, random: Uint8Array): string {
  const bytes = Array.from(random);
  bytes[0] = (bytes[0]! & 0x0f) | 0x70;
  bytes[2] = (bytes[2]! & 0x3f) | 0x80;
  const hex =
    Math.trunc(millis).toString(16).padStart(12, '0') +
    bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** `v1.<version>.<granted, + joined>.<decided at, base36 seconds>.<id>`: nothing that a cookie must escape. */
export function formatCookie(stored: StoredChoice): string {
  return ['v1', stored.version, stored.granted.join('+'), stored.decidedAt.toString(36), stored.id].join('.');
}

/** Reads what {@link formatCookie} wrote; anything else is no choice at all. */
export function parseCookie(value: string): StoredChoice | undefined {
  const [format, version = '', granted, decidedAt = '', id = '', rest] = value.split('.');
  if (format !== 'v1' || rest !== undefined || !/^\d{1,9}$/.test(version)) return undefined;
  if (!/^[0-9a-z]{1,8}$/.test(decidedAt) || !ID.test(id)) return undefined;
  return {
    version: +version,
    granted: granted ? granted.split('+') : [],
    decidedAt: parseInt(decidedAt, 36),
    id,
  };
}

/**
 * Whether a stored choice still holds: made under the newest material version or later, and not
 * older than its lifetime. A date in the future holds too, for the cookie's own age ends it.
 */
export function holds(stored: StoredChoice, policy: Payload, nowSeconds: number): boolean {
  return stored.version >= policy.asks && nowSeconds - stored.decidedAt < policy.maxAgeSeconds;
}

/** Every purpose of the policy: required ones true, the others only where `wanted` says exactly true. */
export function complete(policy: Payload, wanted: Readonly<Record<string, unknown>>): Choices {
  const choices: Record<string, boolean> = {};
  for (const { id, required } of policy.purposes) choices[id] = required === true || own(wanted, id) === true;
  return Object.freeze(choices);
}

/** `complete` for an answer to all optional purposes at once. */
export function completeAll(policy: Payload, grant: boolean): Choices {
  return complete(policy, Object.fromEntries(policy.purposes.map(({ id }) => [id, grant])));
}

/** The choices that a stored choice means under today's policy; without one only what is required. */
export function choicesOf(policy: Payload, stored?: StoredChoice): Choices {
  return complete(policy, Object.fromEntries((stored?.granted ?? []).map((id) => [id, true])));
}

export function grantedIds(choices: Choices): string[] {
  return Object.keys(choices).filter((id) => choices[id]);
}

function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined;
}
