// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// What receipts.mjs and exports.mjs share: a policy, a record, keys, and how a second implementation
// signs and proves (formats §1 to §7).
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { consistencyPath, inclusionPath, leaf, root, sha256 } from './tree.mjs';

export const ORIGIN = 'example.com/log/testdata';

/** Keys in order, at every depth; the values here need nothing more of RFC 8785. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(',')}}`;
}

/** A key made from one byte; type 1 signs as a log, 4 cosigns as a witness. */
export function keyOf(byte, type = 1) {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const secret = createPrivateKey({ key: Buffer.concat([prefix, Buffer.alloc(32, byte)]), format: 'der', type: 'pkcs8' });
  const bytes = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  const typed = Buffer.concat([Buffer.from([type]), bytes]);
  return { secret, typed };
}

const keyId = (name, typed) => sha256(Buffer.from(`${name}\n`), typed).subarray(0, 4);
export const vkeyOf = (name, { typed }) => `${name}+${keyId(name, typed).toString('hex')}+${typed.toString('base64')}`;

function signatureLine(text, name, { typed, secret }) {
  const time = Buffer.alloc(typed[0] === 4 ? 8 : 0);
  if (typed[0] === 4) time.writeBigUInt64BE(1_790_000_000n);
  const message = typed[0] === 4 ? `cosignature/v1\ntime 1790000000\n${text}` : text;
  const signature = Buffer.concat([keyId(name, typed), time, sign(null, Buffer.from(message), secret)]);
  return `\u2014 ${name} ${signature.toString('base64')}\n`;
}

/** @param witnesses pairs of a name and a key */
export function checkpoint(leaves, keys, { origin = ORIGIN, name = origin, size = leaves.length, hash = root(leaves.slice(0, size)), witnesses = [] } = {}) {
  const text = `${origin}\n${size}\n${hash.toString('base64')}\n`;
  const lines = [...[keys].flat().map((key) => signatureLine(text, name, key)), ...witnesses.map((witness) => signatureLine(text, ...witness))];
  return `${text}\n${lines.join('')}`;
}

/** A note with its first signature spoilt that is of this key. */
export function spoilt(note, name, { typed }) {
  const start = `\u2014 ${name} ${keyId(name, typed).toString('base64').slice(0, 5)}`;
  const at = note.indexOf(start) + start.length + 20;
  return `${note.slice(0, at)}${note[at] === 'A' ? 'B' : 'A'}${note.slice(at + 1)}`;
}

export function proof(index, leaves, note, extra) {
  const lines = ['c2sp.org/tlog-proof@v1'];
  if (extra) lines.push(`extra ${extra.toString('base64')}`);
  lines.push(`index ${index}`, ...inclusionPath(index, leaves).map((hash) => hash.toString('base64')));
  return `${lines.join('\n')}\n\n${note}`;
}

export const artefact = {
  v: 1, site: 'k7Q2mZ0pRb', version: 12, lifetime: 'P6M', publishedAt: '2026-08-01T00:00:00.000Z',
  purposes: [
    { id: 'session', required: true, trackers: [] },
    { id: 'theme', required: false, trackers: [] },
    { id: 'analytics', required: false, trackers: [{ name: '_ga_*', type: 'cookie', match: 'prefix' }] },
  ],
  texts: { en: { title: 'Cookies' }, fr: { title: 'T\u00e9moins \u{1f36a} \u2028 \\ "\u0007\n' } },
};
export const artefactHash = (document) => createHash('sha256').update(canonical(document)).digest();

export const record = {
  v: 1, id: '0198f0c2-8f3a-7c1e-9b7a-3f0c6f1f2a11', site: 'k7Q2mZ0pRb', seq: 48213, action: 'save', source: 'banner',
  choices: { session: true, theme: true, analytics: false },
  policy: { version: 12, sha256: artefactHash(artefact).toString('hex') },
  ruleset: 'opt-in', language: 'fr', layout: 'mobile',
  occurredAt: '2026-08-31T10:00:03.120Z', recordedAt: '2026-08-31T10:00:03.480Z', expiresAt: '2027-02-28T10:00:03.480Z',
  subject: 'AAECAwQFBgcICQoLDA0ODw',
};

export const salt = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
export const key = keyOf(7);
export const stranger = keyOf(8);
export const vkey = vkeyOf(ORIGIN, key);

export const entry = (type, payload) => leaf(Buffer.concat([Buffer.from([type]), payload]));
export const commitment = (bytes) => sha256(Buffer.from('assent/consent-record/v1\n'), salt, bytes);
export const artefactLeaf = (document) => entry(2, artefactHash(document));
export const recordLeaf = (bytes) => entry(1, commitment(bytes));
export const filler = (i) => entry(4, sha256(Buffer.from(`event ${i}`)));

export const consistency = (first, leaves) => ({ first, path: consistencyPath(first, leaves).map((hash) => hash.toString('base64')) });
