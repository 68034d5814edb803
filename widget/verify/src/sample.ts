// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { utf8 } from './bytes';
import { type Json, type JsonObject } from './canonical';
import { sha256 } from './digest';
import { member, requireOnly } from './members';
import { Malformed } from './refusal';

const TYPE = 'assent/sample/v1';
const MAX_COUNT = 1000;
const MAX_SEED = 200;

/** Which of a site's records are looked at: drawn by a seed (docs/formats/sample.md). */
export interface Sample {
  site: string;
  first: number;
  last: number;
  /** Of the checkpoint that was kept before the seed was named. */
  size: number;
  seed: string;
  /** What it draws, ascending. */
  numbers: number[];
}

export const isSample = (json: JsonObject): boolean => json.get('type') === TYPE;

/**
 * Reads the head of a sample's file, and draws again.
 *
 * @throws Malformed if it has another form, or names other numbers than are drawn
 */
export async function parseSample(json: JsonObject): Promise<Sample> {
  requireOnly(json, 'type', 'site', 'first', 'last', 'size', 'seed', 'count', 'numbers');
  const [site, seed] = [member(json, 'string', 'site'), member(json, 'string', 'seed')];
  const [first, last, size, count] = [number(json, 'first'), number(json, 'last'), number(json, 'size'), number(json, 'count')];
  const bounded = 1 <= first && first <= last && last <= size && 1 <= count && count <= MAX_COUNT;
  const length = [...seed].length;
  if (!bounded || length < 1 || length > MAX_SEED || /[\x00-\x1f\x7f-\x9f]/.test(seed)) throw new Malformed('no sample can be drawn so');
  const drawn = await draw([TYPE, site, first, last, size].join('\n'), seed, BigInt(first), BigInt(last), count);
  const named: Json[] = member(json, 'array', 'numbers');
  if (named.length !== drawn.length || named.some((it, at) => it !== drawn[at])) throw new Malformed('/numbers: other numbers than this seed draws');
  return { site, first, last, size, seed, numbers: [...drawn].sort((one, other) => one - other) };
}

/** Numbers in the order in which they are drawn: 64 bits of a hash, but for what would favour the small ones. */
async function draw(start: string, seed: string, first: bigint, last: bigint, count: number): Promise<number[]> {
  const of = last - first + 1n;
  const fair = 2n ** 64n - (2n ** 64n % of);
  const wanted = of < BigInt(count) ? Number(of) : count;
  const drawn = new Set<number>();
  for (let counter = 0; drawn.size < wanted; counter++) {
    const hash = await sha256(utf8(`${start}\n${counter}\n${seed}`));
    const bits = new DataView(hash.buffer, hash.byteOffset).getBigUint64(0);
    if (bits < fair) drawn.add(Number(first + (bits % of)));
  }
  return [...drawn];
}

const number = (json: JsonObject, key: string): number => member(json, 'number', key);
