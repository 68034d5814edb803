// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Choices, Payload, Purpose, StoredChoice } from './types';

/** Version, granted ids, seconds, UUIDv7: what the cookie holds and nothing else. */
const FORMAT = /^v1\.(\d{1,9})\.([\w+-]*)\.([\da-z]{1,8})\.([\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12})$/;

/**
 * Makes a UUIDv7 (RFC 9562 §5.7): 48 bits of time, 74 random bits.
 *
 * @param millis Unix milliseconds, 0 to 2^48 - 1
 * @param random 10 bytes, of which 74 bits are used
 */
export function newId(millis: number, random: Uint8Array): string {
  const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
  const chance = Array.from(random, (byte) => hex(byte, 2)).join('');
  const id = `${hex(millis, 12)}7${chance.slice(0, 3)}${'89ab'[random[9]! & 3]}${chance.slice(3, 18)}`;
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** `v1.<version>.<granted, + joined>.<decided at, base36 seconds>.<id>`: nothing that a cookie must escape. */
export function formatCookie({ version, granted, decidedAt, id }: StoredChoice): string {
  return `v1.${version}.${granted.join('+')}.${decidedAt.toString(36)}.${id}`;
}

/** Reads what {@link formatCookie} wrote; anything else is no choice at all. */
export function parseCookie(value: string): StoredChoice | undefined {
  const [, version, granted, decidedAt, id] = (FORMAT.exec(value) ?? []) as string[];
  return id ? { version: +version!, granted: granted!.split('+').filter(Boolean), decidedAt: parseInt(decidedAt!, 36), id } : undefined;
}

/** The text if it is an id as the cookie holds one: it is read as the last part of a cookie. */
export function idIn(text: string | null | undefined): string | undefined {
  return parseCookie(`v1.0..0.${text}`)?.id;
}

/**
 * Whether a stored choice is not older than its lifetime. A date in the future holds too, for the
 * cookie's own age ends it.
 */
export function holds({ decidedAt }: StoredChoice, { maxAgeSeconds }: Payload, nowSeconds: number): boolean {
  return nowSeconds - decidedAt < maxAgeSeconds;
}

/** Whether the visitor is asked: nothing is chosen, or something material has changed since; never where there is nothing to choose. */
export function isDue(stored: StoredChoice | undefined, { asks }: Payload): boolean {
  return (stored?.version ?? 0) < asks;
}

/** Whether a purpose is new or changed since the choice was made, so that the choice does not speak of it. */
export function isChanged({ since }: Purpose, { version }: StoredChoice, { asks }: Payload): boolean {
  return version < (since ?? asks);
}

/** Whether it is time to speak of a coming version to a visitor who has read of the version `read`. */
export function isNews({ notice }: Payload, read: string | null | undefined, nowSeconds: number): boolean | undefined {
  return notice && +read! !== notice.version && nowSeconds > notice.from;
}

/** Every purpose of the policy: required ones true, the others where `grants` says so. */
export function choicesBy({ purposes }: Payload, grants: (purpose: Purpose) => boolean | undefined): Choices {
  return Object.freeze(Object.fromEntries(purposes.map((purpose) => [purpose.id, !!(purpose.required || grants(purpose))])));
}

export function grantedIds(choices: Choices): string[] {
  return Object.keys(choices).filter((id) => choices[id]);
}

/** Ids named by `data-assent`, parted by spaces or commas; all of them must be granted. */
export function purposesOf(value: string | undefined): string[] {
  return (value ?? '').split(/[\s,]+/).filter(Boolean);
}

/** An element that names no purpose, or an unknown one, is never allowed. */
export function isAllowed(ids: readonly string[], choices: Choices): boolean {
  return ids.length > 0 && ids.every((id) => choices[id] === true);
}
