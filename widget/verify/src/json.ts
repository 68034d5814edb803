// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { decodeUtf8 } from './bytes';
import type { Json, JsonObject } from './canonical';
import { Malformed } from './refusal';

/** The most arrays and objects inside one another. */
const MAX_DEPTH = 32;

const WHITE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)/y;
/** What may stand in a string as itself. */
const PLAIN = /[^"\\\x00-\x1f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const KEY = /^[A-Za-z][A-Za-z0-9_-]*$/;
const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * Reads one document, RFC 8259, refusing what formats §1 refuses and `JSON.parse` lets pass: a key
 * that stands twice, be it in another case, fractions, exponents, `-0`, integers beyond 2^53−1,
 * null, half a surrogate pair, other keys than `[A-Za-z][A-Za-z0-9_-]*`, more than 32 levels.
 *
 * @throws Malformed and nothing else, whatever the bytes
 */
export function parseJson(bytes: Uint8Array): Json {
  const text = decodeUtf8(bytes);
  let at = 0;

  /** What the sticky pattern matches here, which may be nothing; goes on behind it. */
  function take(pattern: RegExp): string {
    pattern.lastIndex = at;
    const [found = ''] = pattern.exec(text) ?? [];
    at += found.length;
    return found;
  }

  function accept(token: string): boolean {
    take(WHITE);
    if (!text.startsWith(token, at)) return false;
    at += token.length;
    return true;
  }

  function expect(token: string): void {
    if (!accept(token)) throw new Malformed('not JSON, or not whole');
  }

  function value(depth: number): Json {
    if (accept('{')) return object(deeper(depth));
    if (accept('[')) return array(deeper(depth));
    if (accept('"')) return string();
    if (accept('true')) return true;
    if (accept('false')) return false;
    if (accept('null')) throw new Malformed('null is not used: leave it out');
    return integer();
  }

  function deeper(depth: number): number {
    if (depth === MAX_DEPTH) throw new Malformed(`at most ${MAX_DEPTH} levels`);
    return depth + 1;
  }

  function object(depth: number): JsonObject {
    const members: JsonObject = new Map();
    const seen = new Set<string>();
    if (accept('}')) return members;
    do {
      expect('"');
      const key = string();
      if (!KEY.test(key)) throw new Malformed('a key is a letter, then letters, digits, _ and -');
      if (seen.has(key.toLowerCase())) throw new Malformed('a key stands twice');
      seen.add(key.toLowerCase());
      expect(':');
      members.set(key, value(depth));
    } while (accept(','));
    expect('}');
    return members;
  }

  function array(depth: number): Json[] {
    const values: Json[] = [];
    if (accept(']')) return values;
    do values.push(value(depth));
    while (accept(','));
    expect(']');
    return values;
  }

  /** What follows an opening quotation mark, which is taken already. */
  function string(): string {
    let result = take(PLAIN);
    for (let escape = take(ESCAPE); escape; escape = take(ESCAPE)) {
      result += escape[1] === 'u' ? String.fromCharCode(parseInt(escape.slice(2), 16)) : (ESCAPES[escape[1]!] ?? escape[1]);
      result += take(PLAIN);
    }
    if (text[at++] !== '"') throw new Malformed('not JSON, or not whole');
    if (/\p{Surrogate}/u.test(result)) throw new Malformed('a string holds half of a surrogate pair');
    return result;
  }

  function integer(): number {
    const digits = take(NUMBER);
    if (!digits) throw new Malformed('not JSON, or not whole');
    if (/[.eE]/.test(text.charAt(at))) throw new Malformed('a number is an integer');
    if (digits === '-0') throw new Malformed('zero is written 0');
    // A number that is too large is rounded here, but never to one that is small enough.
    if (!Number.isSafeInteger(Number(digits))) throw new Malformed('an integer is at most 2^53-1 either way');
    return Number(digits);
  }

  const result = value(0);
  take(WHITE);
  if (at < text.length) throw new Malformed('something follows the document');
  return result;
}
