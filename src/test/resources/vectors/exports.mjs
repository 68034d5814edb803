// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Makes exports.ndjson: `node exports.mjs`. Exports (formats §7, §8) of a second implementation,
// whole and damaged. Each line holds the file's text, the trust file and the checkpoint kept earlier
// ("" for none), the exit code, and line and step of each failure.
import { writeFileSync } from 'node:fs';
import { ORIGIN, artefact, artefactHash, artefactLeaf, canonical, checkpoint, consistency, entry, filler, key, keyOf, proof, record, recordLeaf, salt, spoilt, vkey, vkeyOf } from './log.mjs';

const witnesses = [['witness.one', keyOf(21, 4)], ['witness.two', keyOf(22, 4)]];
const second = keyOf(9);
const vkey2 = vkeyOf(ORIGIN, second);

const recordOf = (seq) => ({ ...record, seq });
const bytesOf = (seq) => Buffer.from(canonical(recordOf(seq)));
const statementOf = (first, last) => ({ v: 1, site: record.site, first, last, reason: 'request', at: '2026-11-01T00:00:00.000Z' });

/** Records 1 to 8 at entries 2 to 16, the even ones; 3 and 4 were erased after record 6. */
const statement = statementOf(3, 4);
const leaves = Array.from({ length: 20 }, (_, i) => filler(i));
leaves[1] = artefactLeaf(artefact);
for (let seq = 1; seq <= 8; seq++) leaves[2 * seq] = recordLeaf(bytesOf(seq));
leaves[15] = entry(3, artefactHash(statement));

/** All proofs lie under one checkpoint, as those of a served export do, unless another is given. */
function bundle(seq, { of = leaves, note = checkpoint(of, key), artefactNote = note, artefactOf = of, more = {} } = {}) {
  return {
    type: 'assent/proof-bundle/v1', record: recordOf(seq), receipt: proof(2 * seq, of, note, Buffer.concat([salt, bytesOf(seq)])),
    artefact: { document: artefact, proof: proof(1, artefactOf, artefactNote) }, vkey, ...more,
  };
}
function tombstone(seq, { of = leaves, note = checkpoint(of, key), document = statement, more = {} } = {}) {
  return { type: 'assent/tombstone/v1', site: record.site, seq, index: 2 * seq, erasure: { document, proof: proof(15, of, note) }, vkey, ...more };
}

const exported = (options = () => ({})) => [1, 2, 3, 4, 5, 6, 7, 8].map((seq) => (seq === 3 || seq === 4 ? tombstone : bundle)(seq, options(seq)));
const good = exported();
const ndjson = (lines) => lines.map((line) => `${canonical(line)}\n`).join('');
const changed = (seq, members) => good.with(seq - 1, { ...good[seq - 1], ...members });
const under = (cosigned, only) => exported((seq) => ({ note: checkpoint(leaves, key, { witnesses: !only || seq === only ? witnesses.slice(0, cosigned) : witnesses }) }));

const trustOf = (quorum, keys = [vkey]) => [...keys.map((it) => `log ${it}`), ...witnesses.map(([name, it], i) => `witness w${i} ${vkeyOf(name, it)}`), 'group both all w0 w1', `quorum ${quorum}`, ''].join('\n');
const trusting = (...keys) => ({ trust: `${keys.map((it) => `log ${it}\n`).join('')}quorum none\n` });

/** The log as it would be had entry 0 been another: the same sizes, other roots. */
const fork = leaves.with(0, filler(99));
const shorter = (size) => leaves.slice(0, size);
const lastOf = (seq) => (seq === 3 || seq === 4 ? 16 : 2 * seq + 1);

const since = checkpoint(shorter(5), key);
const joined = (size = 20) => ({ consistency: consistency(5, shorter(size)) });
/** Lines of which these carry a proof from size 5. */
const joinedAt = (...seqs) => exported((seq) => ({ more: seqs.includes(seq) ? joined() : {} }));
const spoiltPath = { consistency: { ...joined().consistency, path: joined().consistency.path.toReversed() } };

const big = { ...statement, more: 'x'.repeat(65_536) };
const bigLeaves = leaves.with(15, entry(3, artefactHash(big)));
const rotated = exported(() => ({ note: checkpoint(leaves, [key, second]) }));
const rotatedSpoilt = exported((seq) => ({ note: seq === 3 ? spoilt(checkpoint(leaves, [key, second]), ORIGIN, key) : checkpoint(leaves, [key, second]) }));

/** Tombstones of 72 records, each under a checkpoint of its own, of 100 to 170 entries; the last is that of a fork. */
function manyHeads(last) {
  const document = statementOf(1, 72);
  const all = Array.from({ length: 170 }, (_, i) => (i === 99 ? entry(3, artefactHash(document)) : filler(i)));
  const heads = Array.from({ length: 71 }, (_, i) => all.slice(0, 100 + i));
  return [...heads, all.with(0, filler(999)).slice(0, last)].map((of, i) => ({
    ...tombstone(1), seq: i + 1, index: i + 1, erasure: { document, proof: proof(99, of, checkpoint(of, key)) },
  }));
}

const vectors = [
  ['whole', [], good],
  ['from its third line on', [], good.slice(2)],
  ['tombstones alone', [], good.slice(2, 4)],
  ['line missing', [[3, 9]], good.toSpliced(2, 1)],
  ['tombstone twice', [[4, 9]], good.toSpliced(3, 0, good[2])],

  ['tombstone, both witnesses', [], under(2), { trust: trustOf('both') }],
  ['one tombstone with one witness too few', [], under(1, 4), { trust: trustOf('both'), exit: 3 }],
  ['one tombstone without a witness', [], under(0, 3), { trust: trustOf('w1'), exit: 3 }],
  ['tombstones alone without a witness', [], good.slice(2, 4), { trust: trustOf('w0'), exit: 3 }],
  ['tombstone, false cosignature', [[4, 3]], exported((seq) => {
    const note = checkpoint(leaves, key, { witnesses });
    return { note: seq === 4 ? spoilt(note, ...witnesses[1]) : note };
  }), { trust: trustOf('w0') }],
  ['tombstone by another key', [[3, 2]], exported((seq) => ({ note: checkpoint(leaves, seq === 3 ? second : key) }))],
  ['tombstone of another log', [[3, 2]], exported((seq) => ({ note: checkpoint(leaves, key, seq === 3 ? { origin: 'example.com/log/elsewhere' } : {}) }))],

  ['since, a proof in each line', [], joinedAt(1, 2, 3, 4, 5, 6, 7, 8), { since }],
  ['since, a proof in the first line', [], joinedAt(1), { since }],
  ['since, a proof in a tombstone that is first', [], joinedAt(3).slice(2), { since }],
  ['since, a proof in the second line', [[1, 8]], joinedAt(2), { since }],
  ['since, no proof', [1, 2, 3, 4, 5, 6, 7, 8].map((seq) => [seq, 8]), good, { since }],
  ['since, no proof for tombstones of their own checkpoint', [[3, 8], [4, 8]], exported((seq) => (seq === 3 || seq === 4 ? { of: shorter(19) } : { more: joined() })), { since }],
  ['since, tombstones of their own checkpoint', [], exported((seq) => (seq === 3 || seq === 4 ? { of: shorter(19), more: seq === 3 ? joined(19) : {} } : { more: seq === 1 ? joined() : {} })), { since }],
  ['since, a false proof in a tombstone', [[4, 8]], joinedAt(1).with(3, { ...tombstone(4), ...spoiltPath }), { since }],
  ['since, a proof from another size in a tombstone', [[4, 8]], joinedAt(1).with(3, { ...tombstone(4), consistency: consistency(6, leaves) }), { since }],
  ['since, the kept one a fork', [1, 2, 3, 4, 5, 6, 7, 8].map((seq) => [seq, 8]), joinedAt(1, 2, 3, 4, 5, 6, 7, 8), { since: checkpoint(fork.slice(0, 5), key) }],
  ['since, the kept one as large', [], good, { since: checkpoint(leaves, key) }],
  ['since, the kept one as large and a fork', [1, 2, 3, 4, 5, 6, 7, 8].map((seq) => [seq, 8]), good, { since: checkpoint(fork, key) }],
  ['since, the kept one by the key before', [], exported((seq) => ({ note: checkpoint(leaves, second), more: { vkey: vkey2, ...(seq === 1 && joined()) } })), { since, ...trusting(vkey, vkey2) }],
  ['since, the kept one by a key not trusted', [1, 2, 3, 4, 5, 6, 7, 8].map((seq) => [seq, 8]), exported(() => ({ note: checkpoint(leaves, second), more: { vkey: vkey2, ...joined() } })), { since, ...trusting(vkey2) }],
  ['consistency malformed in a tombstone', [[3, 1]], changed(3, { consistency: { first: 5 } })],
  ['consistency below zero in a tombstone', [[3, 1]], changed(3, { consistency: { first: -1, path: [] } })],
  ['consistency of 129 hashes in a tombstone', [[3, 1]], changed(3, { consistency: { first: 5, path: Array(129).fill(joined().consistency.path[0]) } })],

  ['a checkpoint a line', [], exported((seq) => ({ of: shorter(Math.max(16, lastOf(seq))) }))],
  ['bundle under a fork', [[5, 8]], exported((seq) => ({ of: seq === 5 ? fork : leaves }))],
  ['tombstone under a fork', [[3, 8]], exported((seq) => ({ of: seq === 3 ? fork : leaves }))],
  ['artefact under a fork of an earlier line\'s checkpoint', [[6, 8]], exported((seq) => (seq === 6 ? { of: shorter(17), artefactOf: fork, artefactNote: checkpoint(fork, key) } : {}))],
  ['artefact and record under two forks', [[6, 6]], exported((seq) => (seq === 6 ? { artefactOf: fork, artefactNote: checkpoint(fork, key) } : {}))],
  ['fork of the first of many checkpoints', [[72, 8]], manyHeads(100)],
  ['fork of one of the last of many checkpoints', [[72, 8]], manyHeads(140)],
  ['fork of one that is no longer remembered', [], manyHeads(101)],
  ['two logs in one export', [[5, 8]], exported((seq) => ({ note: seq === 5 ? checkpoint(leaves, second, { origin: 'example.com/other' }) : checkpoint(leaves, key) })), trusting(vkey, vkeyOf('example.com/other', second))],

  ['tombstone before its neighbour', [[3, 9]], changed(3, { index: 3 })],
  ['tombstone at its neighbour', [[3, 9]], changed(3, { index: 4 })],
  ['tombstone between its neighbours', [], changed(3, { index: 7 })],
  ['tombstones in one place', [[4, 9]], changed(3, { index: 8 })],
  ['tombstone at the next record', [[5, 9]], changed(4, { index: 10 })],
  ['tombstone after the next record', [[5, 9]], changed(4, { index: 11 })],
  ['tombstone at its erasure', [[4, 5]], changed(4, { index: 15 })],
  ['tombstone of index -1', [[3, 1]], changed(3, { index: -1 })],
  ['tombstone of number 0', [[3, 1]], changed(3, { seq: 0 })],
  ['tombstone outside its statement', [[3, 4]], changed(3, { seq: 2 })],
  ['tombstone with a statement of more than 64 KiB', [[1, 4]], [tombstone(3, { of: bigLeaves, document: big })]],

  ['two keys, both trusted', [], rotated, trusting(vkey, vkey2)],
  ['two keys, the second trusted', [], rotated, trusting(vkey2)],
  ['two keys, neither trusted', [1, 2, 3, 4, 5, 6, 7, 8].map((seq) => [seq, 2]), rotated, trusting(vkeyOf(ORIGIN, keyOf(8)))],
  ['two keys, one false in a tombstone', [[3, 2]], rotatedSpoilt, trusting(vkey, vkey2)],
  ['two keys, the false one not trusted', [], rotatedSpoilt, trusting(vkey2)],
];

/** Where a line before it failed and is not the first, the next good one seems to leave a gap: what is not proven is missing. */
function withGaps(failures, { length }) {
  const failed = new Map(failures);
  const isLost = (line) => failed.has(line) && failed.get(line) !== 9;
  for (let line = 3; line <= length; line++) {
    let before = line - 1;
    while (isLost(before)) before--;
    if (!failed.has(line) && before > 0 && before < line - 1) failed.set(line, 9);
  }
  return [...failed].sort(([one], [other]) => one - other);
}

writeFileSync(
  new URL('exports.ndjson', import.meta.url),
  vectors
    .map(([desc, failures, lines, { trust = '', since: kept = '', exit = failures.length > 0 ? 1 : 0 } = {}]) => `${JSON.stringify({ desc, trust, since: kept, exit, failures: withGaps(failures, lines), file: ndjson(lines) })}\n`)
    .join(''),
);
