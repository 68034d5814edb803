// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { equal } from './bytes';
import { Malformed } from './refusal';
import { nodeHash } from './tree';

/**
 * Verifies that the leaf is number `index` of the tree of `size` leaves with this root, by the
 * numbered steps of RFC 9162 §2.1.3.2. Cost: one SHA-256 for each hash of the path.
 *
 * @param path the leaf's sibling first
 * @throws Malformed if it is not
 */
export async function verifyInclusion(index: bigint, size: bigint, leaf: Uint8Array, path: Uint8Array[], root: Uint8Array): Promise<void> {
  // 1. The index lies within the tree.
  if (index < 0n || index >= size) throw new Malformed('the index is not below the size of the tree');
  // 2.
  let fn = index;
  let sn = size - 1n;
  // 3.
  let r = leaf;
  // 4. For each value p in the path:
  for (const p of path) {
    // 4a.
    if (sn === 0n) throw new Malformed('the path is too long');
    // 4b.
    if (isOdd(fn) || fn === sn) {
      r = await nodeHash(p, r);
      while (!isOdd(fn) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      r = await nodeHash(r, p);
    }
    // 4c.
    fn >>= 1n;
    sn >>= 1n;
  }
  // 5.
  if (sn !== 0n) throw new Malformed('the path is too short');
  if (!equal(r, root)) throw new Malformed('the path leads to another root');
}

const isOdd = (n: bigint): boolean => (n & 1n) === 1n;
