// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Json, JsonObject } from './canonical';
import { Malformed } from './refusal';

interface Types {
  string: string;
  number: number;
  boolean: boolean;
  array: Json[];
  object: JsonObject;
}

/**
 * The member at the end of a path of keys, of this type.
 *
 * @throws Malformed naming the path as a JSON pointer, if it is missing or of another type
 */
export function member<T extends keyof Types>(object: JsonObject, type: T, ...path: string[]): Types[T] {
  const value = find(object, ...path);
  if (value === undefined || typeOf(value) !== type) throw new Malformed(`/${path.join('/')}: expected ${type === 'number' ? 'integer' : type}`);
  return value as Types[T];
}

/** The member at the end of a path of keys, if it is there. */
export function find(object: JsonObject, ...path: string[]): Json | undefined {
  let value: Json | undefined = object;
  for (const key of path) value = value instanceof Map ? value.get(key) : undefined;
  return value;
}

/** A file of ours has no member that this version does not know. */
export function requireOnly(object: JsonObject, ...known: string[]): void {
  if ([...object.keys()].some((key) => !known.includes(key))) throw new Malformed('a member that this format does not have');
}

const typeOf = (value: Json): string => (Array.isArray(value) ? 'array' : value instanceof Map ? 'object' : typeof value);
