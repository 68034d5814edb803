// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Makes the vectors beside it: `node proofs.mjs`. A second implementation on purpose: it proves
// and verifies by the recursive definitions of RFC 9162 §2.1, where the Java code follows the loops.
// One JSON object a line; wantErr says whether a verifier must refuse it.
import { writeFileSync } from 'node:fs';
import { consistencyPath, inclusionPath, leaf, node, root, sha256, split } from './tree.mjs';

const leaves = Array.from({ length: 130 }, (_, i) => leaf(`entry ${i}`));

/** The root that a path leads to, from the top of the tree down; throws if it has another length. */
function inclusionRoot(m, n, hash, path) {
  if (m < 0 || m >= n) throw new Error('index');
  if (n === 1) {
    if (path.length > 0) throw new Error('length');
    return hash;
  }
  if (path.length === 0) throw new Error('length');
  const k = split(n);
  const [rest, last] = [path.slice(0, -1), path.at(-1)];
  return m < k
    ? node(inclusionRoot(m, k, hash, rest), last)
    : node(last, inclusionRoot(m - k, n - k, hash, rest));
}

/** The earlier and the later root that a path leads to. */
function consistencyRoots(m, n, first, path, whole = true) {
  if (m === n) {
    if (path.length !== (whole ? 0 : 1)) throw new Error('length');
    return whole ? [first, first] : [path[0], path[0]];
  }
  if (path.length === 0) throw new Error('length');
  const k = split(n);
  const [rest, last] = [path.slice(0, -1), path.at(-1)];
  if (m <= k) {
    const [before, after] = consistencyRoots(m, k, first, rest, whole);
    return [before, node(after, last)];
  }
  const [before, after] = consistencyRoots(m - k, n - k, first, rest, false);
  return [node(last, before), node(last, after)];
}

const fails = (holds) => {
  try {
    return !holds();
  } catch {
    return true;
  }
};

const inclusionFails = (v) =>
  fails(() => inclusionRoot(v.index, v.size, v.leafHash, v.path).equals(v.root));

const consistencyFails = (v) =>
  fails(() => {
    if (v.first < 0 || v.first > v.second) return false;
    if (v.first === 0) return v.path.length === 0 && v.firstRoot.equals(sha256());
    const [before, after] = consistencyRoots(v.first, v.second, v.firstRoot, v.path);
    return before.equals(v.firstRoot) && after.equals(v.secondRoot);
  });

const flipped = (hash) => Buffer.from(hash.map((byte, i) => (i === 7 ? byte ^ 0x10 : byte)));

/** Every way to spoil a path by one step. */
function* spoiltPaths(path) {
  yield ['hash added', [...path, sha256()]];
  yield ['hash put before', [sha256(), ...path]];
  for (let i = 0; i < path.length; i++) {
    yield [`hash ${i} changed`, path.with(i, flipped(path[i]))];
    yield [`hash ${i} dropped`, path.toSpliced(i, 1)];
    yield [`hash ${i} doubled`, path.toSpliced(i, 0, path[i])];
    if (i > 0) yield [`hashes ${i - 1} and ${i} swapped`, path.with(i, path[i - 1]).with(i - 1, path[i])];
  }
  if (path.length > 1) yield ['path empty', []];
}

function* inclusions() {
  for (const size of [1, 2, 3, 5, 7, 8, 13, 64, 100, 129]) {
    for (const index of new Set([0, size >> 1, size - 1])) {
      const d = leaves.slice(0, size);
      const good = { index, size, leafHash: d[index], root: root(d), path: inclusionPath(index, d) };
      yield { desc: 'good', ...good };
      yield { desc: 'index one more', ...good, index: index + 1 };
      yield { desc: 'index one less', ...good, index: index - 1 };
      yield { desc: 'index is size', ...good, index: size };
      yield { desc: 'size one more, its root', ...good, size: size + 1, root: root(leaves.slice(0, size + 1)) };
      yield { desc: 'size zero', ...good, size: 0 };
      yield { desc: 'another leaf', ...good, leafHash: leaf('stranger') };
      yield { desc: 'another root', ...good, root: flipped(good.root) };
      for (const [desc, path] of spoiltPaths(good.path)) yield { desc, ...good, path };
    }
  }
}

function* consistencies() {
  const pairs = [[0, 0], [0, 5], [1, 1], [1, 2], [1, 8], [2, 3], [3, 7], [4, 7], [6, 8], [7, 7], [8, 13], [64, 100], [65, 129], [128, 129]];
  for (const [first, second] of pairs) {
    const d = leaves.slice(0, second);
    const path = first === 0 ? [] : consistencyPath(first, d);
    const good = { first, second, firstRoot: root(leaves.slice(0, first)), secondRoot: root(d), path };
    yield { desc: 'good', ...good };
    yield { desc: 'another first root', ...good, firstRoot: flipped(good.firstRoot) };
    if (first > 0) {
      yield { desc: 'another second root', ...good, secondRoot: flipped(good.secondRoot) };
      yield { desc: 'first one less', ...good, first: first - 1 };
      yield { desc: 'second one more, its root', ...good, second: second + 1, secondRoot: root(leaves.slice(0, second + 1)) };
    }
    if (first < second) {
      yield { desc: 'the other way round', ...good, first: second, second: first };
    }
    yield { desc: 'first beyond second', ...good, first: second + 1 };
    yield { desc: 'first below zero', ...good, first: -1 };
    for (const [desc, spoilt] of spoiltPaths(path)) yield { desc, ...good, path: spoilt };
  }
}

const text = (value) =>
  Buffer.isBuffer(value) ? value.toString('base64') : Array.isArray(value) ? value.map(text) : value;

function write(name, vectors, wantErr) {
  const lines = [...vectors].map((vector) => {
    const line = Object.fromEntries(Object.entries(vector).map(([key, value]) => [key, text(value)]));
    return `${JSON.stringify({ ...line, wantErr: wantErr(vector) })}\n`;
  });
  writeFileSync(new URL(name, import.meta.url), lines.join(''));
}

write('inclusion.ndjson', inclusions(), inclusionFails);
write('consistency.ndjson', consistencies(), consistencyFails);
