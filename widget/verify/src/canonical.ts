// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Bytes, equal, utf8 } from './bytes';
import { parseJson } from './json';
import { Malformed } from './refusal';

/** What formats §1 leaves of JSON. A number is an integer, |n| ≤ 2^53−1. */
export type Json = string | number | boolean | Json[] | JsonObject;

/** A Map, for a plain object has names of its own, such as `constructor`. */
export type JsonObject = Map<string, Json>;

/** The most bytes of a canonical document. */
export const MAX_DOCUMENT_BYTES = 64 * 1024;

/** The most bytes of an artefact, which says the same in many languages. */
export const MAX_ARTEFACT_BYTES = 512 * 1024;

/**
 * The canonical text, RFC 8785: members sorted by UTF-16 code units (§3.2.3), strings as
 * ECMAScript's own `JSON.stringify` writes them (§3.2.2.2), which is where the RFC has it from.
 */
export function writeCanonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(writeCanonical).join(',')}]`;
  if (!(value instanceof Map)) return JSON.stringify(value);
  const keys = [...value.keys()].sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${writeCanonical(value.get(key)!)}`).join(',')}}`;
}

/** The bytes that are hashed, at most `maxBytes`. */
export function canonicalBytes(document: JsonObject, maxBytes: number): Bytes {
  const bytes = utf8(writeCanonical(document));
  if (bytes.length > maxBytes) throw new Malformed(`a document has at most ${maxBytes} bytes`);
  return bytes;
}

/** Reads an object of at most `maxBytes` bytes of UTF-8, canonical or not. */
export function parseObject(bytes: Uint8Array, maxBytes: number): JsonObject {
  if (bytes.length > maxBytes) throw new Malformed(`a document has at most ${maxBytes} bytes`);
  const value = parseJson(bytes);
  if (value instanceof Map) return value;
  throw new Malformed('expected an object');
}

/** Reads an object whose bytes must be canonical already, as those of a record are. */
export function parseCanonical(bytes: Uint8Array): JsonObject {
  const object = parseObject(bytes, MAX_DOCUMENT_BYTES);
  if (!equal(utf8(writeCanonical(object)), bytes)) throw new Malformed('not in canonical form');
  return object;
}
