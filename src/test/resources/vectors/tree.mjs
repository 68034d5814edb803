// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// A Merkle tree by the recursive definitions of RFC 9162 §2.1, for the vectors.
import { createHash } from 'node:crypto';

export const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
export const leaf = (text) => sha256(Buffer.from([0]), Buffer.from(text));
export const node = (left, right) => sha256(Buffer.from([1]), left, right);
export const split = (n) => 2 ** Math.ceil(Math.log2(n) - 1);

export function root(d) {
  if (d.length === 0) return sha256();
  if (d.length === 1) return d[0];
  const k = split(d.length);
  return node(root(d.slice(0, k)), root(d.slice(k)));
}

export function inclusionPath(m, d) {
  if (d.length === 1) return [];
  const k = split(d.length);
  return m < k
    ? [...inclusionPath(m, d.slice(0, k)), root(d.slice(k))]
    : [...inclusionPath(m - k, d.slice(k)), root(d.slice(0, k))];
}

export function consistencyPath(m, d, whole = true) {
  if (m === d.length) return whole ? [] : [root(d)];
  const k = split(d.length);
  return m <= k
    ? [...consistencyPath(m, d.slice(0, k), whole), root(d.slice(k))]
    : [...consistencyPath(m - k, d.slice(k), false), root(d.slice(0, k))];
}
