// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { utf8 } from '../src/bytes';
import { verifyConsistency } from '../src/consistency';
import { webSha256 } from '../src/digest';
import { verifyInclusion } from '../src/inclusion';
import { Malformed } from '../src/refusal';
import { leafHash, nodeHash } from '../src/tree';
import { vectors } from './vectors';

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const isRefused = (work: Promise<void>) => work.then(() => false, (error: unknown) => error instanceof Malformed || Promise.reject(error));

interface Inclusion { desc: string; index: number; size: number; leafHash: string; root: string; path: string[]; wantErr: boolean }
interface Consistency { desc: string; first: number; second: number; firstRoot: string; secondRoot: string; path: string[]; wantErr: boolean }

test('inclusion_agreesWithTheVectors', async () => {
  const all = vectors<Inclusion>('inclusion');
  expect(all.length).toBeGreaterThan(600);
  for (const v of all) {
    const refused = await isRefused(verifyInclusion(BigInt(v.index), BigInt(v.size), bytes(v.leafHash), v.path.map(bytes), bytes(v.root)));
    expect([v.desc, v.index, v.size, refused]).toEqual([v.desc, v.index, v.size, v.wantErr]);
  }
});

test('consistency_agreesWithTheVectors', async () => {
  const all = vectors<Consistency>('consistency');
  expect(all.length).toBeGreaterThan(200);
  for (const v of all) {
    const [first, second] = [{ size: BigInt(v.first), root: bytes(v.firstRoot) }, { size: BigInt(v.second), root: bytes(v.secondRoot) }];
    const refused = await isRefused(verifyConsistency(first, second, v.path.map(bytes)));
    expect([v.desc, v.first, v.second, refused]).toEqual([v.desc, v.first, v.second, v.wantErr]);
  }
});

test('goldenLog_hasTheKnownRoot', async () => {
  const entries = 'one two three four five six seven eit nain ten ileven twelf threeten fourten fivten'.split(' ');
  const root = async (leaves: Uint8Array[]): Promise<Uint8Array> => {
    if (leaves.length === 1) return leaves[0]!;
    const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
    return nodeHash(await root(leaves.slice(0, k)), await root(leaves.slice(k)));
  };
  const leaves = await Promise.all(entries.map((entry) => leafHash(utf8(entry))));
  expect(Buffer.from(await root(leaves)).toString('base64')).toBe('rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=');
});

test('webCrypto_hashesAsNodeDoes', async () => {
  const message = utf8('assent');
  expect(Buffer.from(await webSha256(message))).toEqual(createHash('sha256').update(message).digest());
});
