// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Bytes, decodeBase64 } from './bytes';
import { Malformed } from './refusal';

const MAX_DECIMAL = 2n ** 63n - 1n;

/** 0 to 2^63−1 in ASCII digits, no zero in front. */
export function parseDecimal(text: string): bigint {
  if (/^(?:0|[1-9][0-9]{0,18})$/.test(text) && BigInt(text) <= MAX_DECIMAL) return BigInt(text);
  throw new Malformed('not a decimal number in its shortest form');
}

/** 32 bytes of SHA-256 in canonical base64. */
export function parseHash(text: string): Bytes {
  const bytes = text.length === 44 ? decodeBase64(text) : new Uint8Array();
  if (bytes.length !== 32) throw new Malformed('not a hash of 32 bytes in canonical base64');
  return bytes;
}

/**
 * The lines of a text, which must all have their end and hold no control character below U+0020
 * beside it (C2SP signed-note).
 */
export function parseLines(text: string): string[] {
  if (/[\x00-\x09\x0b-\x1f]/.test(text)) throw new Malformed('a control character other than the line end');
  if (!text.endsWith('\n')) throw new Malformed('the last line has no end');
  return text.slice(0, -1).split('\n');
}
