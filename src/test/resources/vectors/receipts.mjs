// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Makes receipts.ndjson: `node receipts.mjs`. Receipts and bundles (formats §7) written by a second
// implementation, whole and damaged. Each line holds a file's text, the vkey to check it with, and
// the number of the step of formats §8 at which a verifier must refuse it, 0 for none.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { inclusionPath, leaf, root, sha256 } from './tree.mjs';

const ORIGIN = 'example.com/log/testdata';

/** Keys in order, at every depth; the values here need nothing more of RFC 8785. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(',')}}`;
}

function keyOf(byte) {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const secret = createPrivateKey({ key: Buffer.concat([prefix, Buffer.alloc(32, byte)]), format: 'der', type: 'pkcs8' });
  const bytes = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  const typed = Buffer.concat([Buffer.from([1]), bytes]);
  return { secret, typed };
}

const keyId = (name, typed) => sha256(Buffer.from(`${name}\n`), typed).subarray(0, 4);
const vkeyOf = (name, { typed }) => `${name}+${keyId(name, typed).toString('hex')}+${typed.toString('base64')}`;

function checkpoint(leaves, key, { origin = ORIGIN, name = origin, size = leaves.length } = {}) {
  const text = `${origin}\n${size}\n${root(leaves.slice(0, size)).toString('base64')}\n`;
  const signature = Buffer.concat([keyId(name, key.typed), sign(null, Buffer.from(text), key.secret)]);
  return `${text}\n\u2014 ${name} ${signature.toString('base64')}\n`;
}

function proof(index, leaves, note, extra) {
  const lines = ['c2sp.org/tlog-proof@v1'];
  if (extra) lines.push(`extra ${extra.toString('base64')}`);
  lines.push(`index ${index}`, ...inclusionPath(index, leaves).map((hash) => hash.toString('base64')));
  return `${lines.join('\n')}\n\n${note}`;
}

const artefact = {
  v: 1, site: 'k7Q2mZ0pRb', version: 12, lifetime: 'P6M', publishedAt: '2026-08-01T00:00:00.000Z',
  purposes: [
    { id: 'session', required: true, trackers: [] },
    { id: 'theme', required: false, trackers: [] },
    { id: 'analytics', required: false, trackers: [{ name: '_ga_*', type: 'cookie', match: 'prefix' }] },
  ],
  texts: { en: { title: 'Cookies' }, fr: { title: 'T\u00e9moins \u{1f36a} \u2028 \\ "\u0007\n' } },
};
const artefactHash = (document) => createHash('sha256').update(canonical(document)).digest();

const record = {
  v: 1, id: '0198f0c2-8f3a-7c1e-9b7a-3f0c6f1f2a11', site: 'k7Q2mZ0pRb', seq: 48213, action: 'save', source: 'banner',
  choices: { session: true, theme: true, analytics: false },
  policy: { version: 12, sha256: artefactHash(artefact).toString('hex') },
  ruleset: 'opt-in', language: 'fr', layout: 'mobile',
  occurredAt: '2026-08-31T10:00:03.120Z', recordedAt: '2026-08-31T10:00:03.480Z', expiresAt: '2027-02-28T10:00:03.480Z',
  subject: 'AAECAwQFBgcICQoLDA0ODw',
};

const salt = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
const key = keyOf(7);
const stranger = keyOf(8);
const vkey = vkeyOf(ORIGIN, key);

const entry = (type, payload) => leaf(Buffer.concat([Buffer.from([type]), payload]));
const commitment = (bytes) => sha256(Buffer.from('assent/consent-record/v1\n'), salt, bytes);
const artefactLeaf = (document) => entry(2, artefactHash(document));
const recordLeaf = (bytes) => entry(1, commitment(bytes));
const filler = (i) => entry(4, sha256(Buffer.from(`event ${i}`)));

/** A log of 13 entries, the artefact at 3 and the record at 6 unless said otherwise. */
function make({ of = record, document = artefact, artefactAt = 3, recordAt = 6, type = 1, bytes = Buffer.from(canonical(of)), note = {}, by = key } = {}) {
  const leaves = Array.from({ length: 13 }, (_, i) => filler(i));
  leaves[artefactAt] = artefactLeaf(document);
  leaves[recordAt] = type === 1 ? recordLeaf(bytes) : entry(type, commitment(bytes));
  const signed = checkpoint(leaves, by, note);
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
const artefactChanged = (members) => {
  const document = { ...artefact, ...members };
  return make({ document, of: { ...record, policy: { version: 12, sha256: artefactHash(document).toString('hex') } } }).bundle;
};

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
];

writeFileSync(
  new URL('receipts.ndjson', import.meta.url),
  vectors.map(([desc, step, file]) => `${JSON.stringify({ desc, step, vkey, file })}\n`).join(''),
);
