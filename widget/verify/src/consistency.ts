// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { equal } from './bytes';
import { Malformed } from './refusal';
import { emptyRoot, nodeHash } from './tree';

/** A size of the log and the root hash over its entries up to there. */
export interface TreeHead {
  size: bigint;
  root: Uint8Array;
}

/**
 * Verifies that the second tree begins with the leaves of the first, by the numbered steps of
 * RFC 9162 §2.1.4.2. The RFC leaves out the cases that need no path: the first tree empty, or both
 * of one size.
 *
 * @throws Malformed if it does not
 */
export async function verifyConsistency(first: TreeHead, second: TreeHead, path: Uint8Array[]): Promise<void> {
  if (first.size < 0n || first.size > second.size) throw new Malformed('the first size is not up to the second');
  if (first.size === 0n || first.size === second.size) return withoutPath(first, second, path);
  // 1.
  if (path.length === 0) throw new Malformed('the path is too short');
  // 2.
  const [start, ...rest] = isPowerOf2(first.size) ? [first.root, ...path] : path;
  // 3.
  let fn = first.size - 1n;
  let sn = second.size - 1n;
  // 4.
  while (isOdd(fn)) {
    fn >>= 1n;
    sn >>= 1n;
  }
  // 5.
  let fr = start!;
  let sr = start!;
  // 6. For each subsequent value c in the path:
  for (const c of rest) {
    // 6a.
    if (sn === 0n) throw new Malformed('the path is too long');
    // 6b.
    if (isOdd(fn) || fn === sn) {
      fr = await nodeHash(c, fr);
      sr = await nodeHash(c, sr);
      while (!isOdd(fn) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      sr = await nodeHash(sr, c);
    }
    // 6c.
    fn >>= 1n;
    sn >>= 1n;
  }
  // 7.
  if (sn !== 0n) throw new Malformed('the path is too short');
  if (!equal(fr, first.root)) throw new Malformed('the path leads to another first root');
  if (!equal(sr, second.root)) throw new Malformed('the path leads to another second root');
}

async function withoutPath(first: TreeHead, second: TreeHead, path: Uint8Array[]): Promise<void> {
  if (path.length > 0) throw new Malformed('the path is too long');
  const expected = first.size === 0n ? await emptyRoot() : second.root;
  if (!equal(first.root, expected)) throw new Malformed('two roots for one size: the log has forked');
}

const isOdd = (n: bigint): boolean => (n & 1n) === 1n;
const isPowerOf2 = (n: bigint): boolean => (n & (n - 1n)) === 0n;
