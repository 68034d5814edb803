// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Makes receipts.ndjson: `node receipts.mjs`. Receipts and bundles (formats §7) written by a second
// implementation, whole and damaged. Each line holds a file's text, the vkey to check it with (or a
// trust file in its place), and
// the number of the step of formats §8 at which a verifier must refuse it, 0 for none. Where a text
// is long, `@FILL@` stands for a letter many times, as `fill` says.
import { writeFileSync } from 'node:fs';
import {
  ORIGIN, artefact, artefactHash, artefactLeaf, canonical, checkpoint, commitment, entry, filler, key, keyOf, proof, record, recordLeaf, salt, spoilt, stranger, vkey, vkeyOf,
} from './log.mjs';

/** A log of 13 entries, the artefact at 3 and the record at 6 unless said otherwise. */
function make({ of = record, document = artefact, artefactAt = 3, recordAt = 6, type = 1, bytes = Buffer.from(canonical(of)), note = {}, by = key, then = (signed) => signed } = {}) {
  const leaves = Array.from({ length: 13 }, (_, i) => filler(i));
  leaves[artefactAt] = artefactLeaf(document);
  leaves[recordAt] = type === 1 ? recordLeaf(bytes) : entry(type, commitment(bytes));
  const signed = then(checkpoint(leaves, by, note));
  const receipt = proof(recordAt, leaves, signed, Buffer.concat([salt, bytes]));
  const bundle = {
    type: 'assent/proof-bundle/v1', record: of, receipt,
    artefact: { document, proof: proof(artefactAt, leaves, signed) }, vkey,
  };
  return { receipt, bundle };
}

const good = make();
const goodBundle = canonical(good.bundle);
const lines = good.receipt.split('\n');
const swap = (i, j) => lines.with(i, lines[j]).with(j, lines[i]).join('\n');
const changed = (members) => make({ of: { ...record, ...members } }).bundle;
const artefactChanged = (members, ofRecord = {}) => {
  const document = { ...artefact, ...members };
  return make({ document, of: { ...record, policy: { version: 12, sha256: artefactHash(document).toString('hex') }, ...ofRecord } }).bundle;
};

/** The document with as much text as makes its canonical form that long. */
const ofLength = (length, fill) => fill('x'.repeat(length - Buffer.byteLength(canonical(fill('')))));
const artefactOf = (length) => ofLength(length, (text) => ({ ...artefact, texts: { ...artefact.texts, de: { title: text } } }));
const padded = (text, length) => text + ' '.repeat(length - Buffer.byteLength(text));
const recordOf = (length) => ofLength(length, (text) => ({ ...record, region: text }));

/** A log that has had two keys: the second signs, and the first signs on. */
const second = keyOf(9);
const vkey2 = vkeyOf(ORIGIN, second);
const rotated = make({ by: [key, second] });
const oldSpoilt = make({ by: [key, second], then: (note) => spoilt(note, ORIGIN, key) });
const trusting = (...keys) => ({ trust: `${keys.map((it) => `log ${it}\n`).join('')}quorum none\n` });

const vectors = [
  ['receipt', 0, good.receipt],
  ['bundle', 0, goodBundle],
  ['bundle with white space', 0, JSON.stringify(good.bundle, null, 2)],
  ['receipt with an unknown witness', 0, `${good.receipt}\u2014 witness.example AAAAAAA=\n`],
  ['nothing', 1, ''],
  ['another version', 1, good.receipt.replace('@v1', '@v2')],
  ['index with a zero', 1, good.receipt.replace('index 6', 'index 06')],
  ['index with a plus', 1, good.receipt.replace('index 6', 'index +6')],
  ['size with a zero', 1, good.receipt.replace('\n13\n', '\n013\n')],
  ['hash with stray bits', 1, good.receipt.replace(lines[3], lines[3].replace(/.=$/, (end) => `${end[0] === 'B' ? 'D' : 'B'}=`))],
  ['hash without padding', 1, good.receipt.replace(lines[3], lines[3].slice(0, -1))],
  ['65 hashes', 1, good.receipt.replace(lines[3], Array(62).fill(lines[3]).join('\n'))],
  ['no extra', 1, lines.toSpliced(1, 1).join('\n')],
  ['extra of a salt alone', 1, lines.with(1, `extra ${salt.toString('base64')}`).join('\n')],
  ['no line end', 1, good.receipt.slice(0, -1)],
  ['carriage returns', 1, good.receipt.replaceAll('\n', '\r\n')],
  ['no signature', 1, good.receipt.slice(0, good.receipt.indexOf('\u2014'))],
  ['key twice', 1, goodBundle.replace('{"artefact"', '{"vkey":"","artefact"')],
  ['null', 1, goodBundle.replace('"seq":48213', '"seq":null')],
  ['fraction', 1, goodBundle.replace('"seq":48213', '"seq":48213.0')],
  ['large integer', 1, goodBundle.replace('"seq":48213', '"seq":9007199254740993')],
  ['half a surrogate pair', 1, goodBundle.replace('Cookies', '\\ud83c')],
  ['member too many', 1, canonical({ ...good.bundle, more: 1 })],
  ['something after', 1, `${goodBundle}{}`],
  ['another key', 2, make({ by: stranger }).receipt],
  ['another origin', 2, make({ note: { origin: 'example.com/log/elsewhere' } }).receipt],
  ['another origin, the key\'s name', 2, make({ note: { origin: 'example.com/log/elsewhere', name: ORIGIN } }).receipt],
  ['size one more', 2, good.receipt.replace('\n13\n', '\n14\n')],
  ['size one less', 2, good.receipt.replace('\n13\n', '\n12\n')],
  ['bundle by another key', 2, canonical(make({ by: stranger }).bundle)],
  ['record not canonical', 4, make({ bytes: Buffer.from(JSON.stringify(record)) }).receipt],
  ['record with a line end', 4, make({ bytes: Buffer.from(`${canonical(record)}\n`) }).receipt],
  ['record of version 2', 4, make({ of: { ...record, v: 2 } }).receipt],
  ['record shown differs', 4, canonical({ ...good.bundle, record: { ...record, seq: 48214 } })],
  ['index one more', 5, good.receipt.replace('index 6', 'index 7')],
  ['index one less', 5, good.receipt.replace('index 6', 'index 5')],
  ['index beyond', 5, good.receipt.replace('index 6', 'index 13')],
  ['hash dropped', 5, lines.toSpliced(3, 1).join('\n')],
  ['hash doubled', 5, lines.toSpliced(3, 0, lines[3]).join('\n')],
  ['hashes swapped', 5, swap(3, 4)],
  ['entry of another type', 5, make({ type: 3 }).receipt],
  ['older checkpoint', 5, good.receipt.replace(/\n\n[^]*$/, `\n\n${checkpoint([filler(0)], key)}`)],
  ['another salt', 5, lines.with(1, `extra ${Buffer.concat([Buffer.alloc(32), Buffer.from(canonical(record))]).toString('base64')}`).join('\n')],
  ['artefact changed', 6, goodBundle.replace('Cookies', 'Cakes')],
  ['artefact after the record', 6, canonical(make({ artefactAt: 9 }).bundle)],
  ['artefact proof of another entry', 6, canonical({ ...good.bundle, artefact: { document: artefact, proof: good.bundle.artefact.proof.replace('index 3', 'index 2') } })],
  ['artefact proof malformed', 6, canonical({ ...good.bundle, artefact: { document: artefact, proof: '' } })],
  ['purpose not answered', 7, canonical(changed({ choices: { session: true, theme: true } }))],
  ['purpose unknown', 7, canonical(changed({ choices: { ...record.choices, ads: true } }))],
  ['required purpose refused', 7, canonical(changed({ choices: { ...record.choices, session: false } }))],
  ['language not offered', 7, canonical(changed({ language: 'de' }))],
  ['expires a millisecond late', 7, canonical(changed({ expiresAt: '2027-02-28T10:00:03.481Z' }))],
  ['expires in March', 7, canonical(changed({ expiresAt: '2027-03-03T10:00:03.480Z' }))],
  ['times without milliseconds', 7, canonical(changed({ recordedAt: '2026-08-31T10:00:03Z', expiresAt: '2027-02-28T10:00:03Z' }))],
  ['version of the policy', 7, canonical(changed({ policy: { ...record.policy, version: 11 } }))],
  ['site of the artefact', 7, canonical(artefactChanged({ site: 'another' }))],
  ['lifetime in words', 7, canonical(artefactChanged({ lifetime: 'six months' }))],
  ...['-P6M', '+P6M', 'P-6M', 'P+6M', 'p6m', 'P6m', 'P', '', 'P00006M', 'P12345D', 'P6M0Y', 'P0D6M', 'P3M3M', 'P6MT', 'P6MT0S', 'PT0S', 'P6M ', 'P6.0M', 'P6', 'P\u0666M']
    .map((lifetime) => [`lifetime ${JSON.stringify(lifetime)}`, 7, canonical(artefactChanged({ lifetime }))]),
  ...['P0Y6M', 'P6M0W0D', 'P0006M', 'P180W'].map((lifetime) => {
    const expiresAt = lifetime === 'P180W' ? '2030-02-11T10:00:03.480Z' : record.expiresAt;
    return [`lifetime of the form ${lifetime}`, 0, canonical(artefactChanged({ lifetime }, { expiresAt }))];
  }),
  ['year of five digits', 7, canonical(changed({ recordedAt: '9999-08-31T10:00:03.480Z', expiresAt: '+10000-02-29T10:00:03.480Z' }))],
  ['artefact of 512 KiB', 0, canonical(artefactChanged(artefactOf(524_288)))],
  ['artefact of a byte more', 6, canonical(artefactChanged(artefactOf(524_289)))],
  ['bundle of 640 KiB', 0, padded(goodBundle, 655_360)],
  ['bundle of a byte more', 1, padded(goodBundle, 655_361)],
  ['record of 64 KiB', 0, make({ of: recordOf(65_536) }).receipt],
  ['record of a byte more', 4, make({ of: recordOf(65_537) }).receipt],
  ['two keys, both trusted', 0, canonical(rotated.bundle), trusting(vkey, vkey2)],
  ['two keys, the first trusted', 0, canonical(rotated.bundle), trusting(vkey)],
  ['two keys, the second trusted', 0, canonical(rotated.bundle), trusting(vkey2)],
  ['one key, both trusted', 0, canonical(good.bundle), trusting(vkey2, vkey)],
  ['two keys, neither trusted', 2, canonical(rotated.bundle), trusting(vkeyOf(ORIGIN, stranger))],
  ['one key, the other trusted', 2, canonical(good.bundle), trusting(vkey2)],
  ['two keys trusted, one of them false', 2, canonical(oldSpoilt.bundle), trusting(vkey, vkey2)],
  ['two keys, the false one not trusted', 0, canonical(oldSpoilt.bundle), trusting(vkey2)],
];

function short(file) {
  const [run] = /x{10000,}| {10000,}/.exec(file) ?? [];
  return run ? { fill: { letter: run[0], times: run.length }, file: file.replace(run, '@FILL@') } : { file };
}

writeFileSync(
  new URL('receipts.ndjson', import.meta.url),
  vectors.map(([desc, step, file, by = { vkey }]) => `${JSON.stringify({ desc, step, ...by, ...short(file) })}\n`).join(''),
);
