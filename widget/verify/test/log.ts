// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { createHash, createPrivateKey, createPublicKey, sign as signBytes } from 'node:crypto';

// A log of a few entries, small enough to prove by the recursive definitions of RFC 9162 §2.1,
// where the verifier follows the loops.

type Document = Record<string, unknown>;

export const ORIGIN = 'example.com/log/testdata';
const SALT = Buffer.alloc(32, 5);

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const node = (left: Buffer, right: Buffer) => sha256(Buffer.of(1), left, right);
const split = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1);

function root(d: Buffer[]): Buffer {
  return d.length === 0 ? sha256() : d.length === 1 ? d[0]! : node(root(d.slice(0, split(d.length))), root(d.slice(split(d.length))));
}

function inclusionPath(m: number, d: Buffer[]): Buffer[] {
  if (d.length === 1) return [];
  const k = split(d.length);
  return m < k ? [...inclusionPath(m, d.slice(0, k)), root(d.slice(k))] : [...inclusionPath(m - k, d.slice(k)), root(d.slice(0, k))];
}

function consistencyPath(m: number, d: Buffer[], whole = true): Buffer[] {
  if (m === d.length) return whole ? [] : [root(d)];
  const k = split(d.length);
  return m <= k ? [...consistencyPath(m, d.slice(0, k), whole), root(d.slice(k))] : [...consistencyPath(m - k, d.slice(k), false), root(d.slice(0, k))];
}

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const object = value as Document;
  return `{${Object.keys(object).sort().map((key) => `${JSON.stringify(key)}:${canonical(object[key])}`).join(',')}}`;
}

/** A signer whose key is made from one byte; type 1 signs as a log, 4 cosigns as a witness. */
export function signer(name: string, byte: number, type: 1 | 4) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)]);
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const typed = Buffer.concat([Buffer.of(type), createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32)]);
  const id = sha256(Buffer.from(`${name}\n`), typed).subarray(0, 4);
  const time = Buffer.alloc(type === 4 ? 8 : 0);
  if (type === 4) time.writeBigUInt64BE(1_790_000_000n);
  return {
    vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    line(text: string) {
      const message = type === 4 ? `cosignature/v1\ntime 1790000000\n${text}` : text;
      return `\u2014 ${name} ${Buffer.concat([id, time, signBytes(null, Buffer.from(message), secret)]).toString('base64')}\n`;
    },
  };
}

const artefact = {
  v: 1, site: 'k7Q2mZ0pRb', version: 12, lifetime: 'P6M', texts: { fr: {} },
  purposes: [{ id: 'session', required: true }, { id: 'theme' }],
};
const hashOf = (document: Document) => sha256(Buffer.from(canonical(document)));
const recordOf = (seq: number) => ({
  v: 1, site: 'k7Q2mZ0pRb', seq, choices: { session: true, theme: false }, language: 'fr', policy: { version: 12, sha256: hashOf(artefact).toString('hex') },
  recordedAt: '2026-08-31T10:00:03.480Z', expiresAt: '2027-02-28T10:00:03.480Z',
});

/** A log: the artefact at 0, records from 1 on, of which some are erased by statements at the end. */
export class SampleLog {
  readonly key = signer(ORIGIN, 7, 1);
  readonly witnesses = [signer('witness.one', 21, 4), signer('witness.two', 22, 4)];
  private readonly leaves: Buffer[] = [];
  private readonly records: Document[] = [];

  constructor(records: number) {
    this.add(2, hashOf(artefact));
    for (let seq = 1; seq <= records; seq++) {
      this.records[seq] = recordOf(seq);
      this.add(1, sha256(Buffer.from('assent/consent-record/v1\n'), SALT, Buffer.from(canonical(this.records[seq]))));
    }
  }

  get size(): number {
    return this.leaves.length;
  }

  /** The checkpoint at a size, cosigned by the first so many witnesses. */
  checkpoint(size = this.size, cosigned = 0): string {
    const text = `${ORIGIN}\n${size}\n${root(this.leaves.slice(0, size)).toString('base64')}\n`;
    return [text, '\n', this.key.line(text), ...this.witnesses.slice(0, cosigned).map((witness) => witness.line(text))].join('');
  }

  receipt(seq: number, checkpoint = this.checkpoint()): string {
    return this.proof(seq, checkpoint, Buffer.concat([SALT, Buffer.from(canonical(this.records[seq]))]));
  }

  /** @param since size of a checkpoint kept earlier, to which the bundle proves consistency */
  bundle(seq: number, { checkpoint = this.checkpoint(), since = 0 } = {}): Document {
    return {
      type: 'assent/proof-bundle/v1', record: this.records[seq], receipt: this.receipt(seq, checkpoint),
      artefact: { document: artefact, proof: this.proof(0, checkpoint) }, vkey: this.key.vkey,
      ...(since && { consistency: { first: since, path: consistencyPath(since, this.leaves).map((hash) => hash.toString('base64')) } }),
    };
  }

  /** Erases records and gives their tombstones. */
  erase(first: number, last: number, changed: Document = {}): Document[] {
    const document = { v: 1, site: 'k7Q2mZ0pRb', first, last, reason: 'request', at: '2026-11-01T00:00:00.000Z', ...changed };
    const index = this.add(3, hashOf(document));
    return Array.from({ length: last - first + 1 }, (_, i) => ({
      type: 'assent/tombstone/v1', site: 'k7Q2mZ0pRb', seq: first + i, index: first + i,
      erasure: { document, proof: this.proof(index, this.checkpoint()) }, vkey: this.key.vkey,
    }));
  }

  /** Logs what an operator did, and gives it with its proof. */
  event(event: Document): Document {
    const commitment = sha256(Buffer.from('assent/operator-event/v1\n'), SALT, Buffer.from(canonical(event))).toString('hex');
    const document = { v: 1, event: 'operator', at: event.at, commitment };
    const index = this.add(4, hashOf(document));
    return {
      type: 'assent/operator-event/v1', event, salt: SALT.toString('base64'),
      entry: { document, proof: this.proof(index, this.checkpoint()) }, vkey: this.key.vkey,
    };
  }

  private proof(index: number, checkpoint: string, extra?: Buffer): string {
    const path = inclusionPath(index, this.leaves).map((hash) => hash.toString('base64'));
    return ['c2sp.org/tlog-proof@v1', ...(extra ? [`extra ${extra.toString('base64')}`] : []), `index ${index}`, ...path, '', checkpoint].join('\n');
  }

  private add(type: number, payload: Buffer): number {
    return this.leaves.push(sha256(Buffer.of(0, type), payload)) - 1;
  }
}
