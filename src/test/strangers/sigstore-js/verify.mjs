// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
//
// Checks receipts of Assent with the code that npm itself checks packages with:
//
//     node verify.mjs VKEY RECEIPT...
//
// It exits with 0 if all hold, 1 if any does not, 2 if called wrongly.
import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { VerificationError } from '@sigstore/verify';
import { verifyTLogInclusion } from '@sigstore/verify/dist/tlog/index.js';

const [vkey, ...receipts] = process.argv.slice(2);
if (receipts.length === 0) {
  console.error('usage: verify.mjs VKEY RECEIPT...');
  process.exit(2);
}
try {
  const log = logOf(vkey);
  for (const file of receipts) {
    const entry = entryOf(readFileSync(file, 'utf8'));
    verifyTLogInclusion(entry, [log]);
    console.log(`inclusion: ${file} is entry ${entry.inclusionProof.logIndex}`);
  }
} catch (refusal) {
  if (!(refusal instanceof VerificationError)) throw refusal;
  console.log(`refused: ${refusal.message}`);
  process.exit(1);
}

/** The log as Sigstore's list of trusted logs would have it; a vkey is name+id+base64(1 ‖ key). */
function logOf(text) {
  const [, name, base64] = /^(.+)\+[0-9a-f]{8}\+(.+)$/.exec(text.trim()) ?? [];
  const key = Buffer.from(base64, 'base64');
  const derOfEd25519 = Buffer.from('302a300506032b6570032100', 'hex');
  return {
    logID: createHash('sha256').update(`${name}\n`).update(key).digest(),
    baseURL: `https://${name}`,
    publicKey: createPublicKey({
      key: Buffer.concat([derOfEd25519, key.subarray(1)]),
      format: 'der',
      type: 'spki',
    }),
  };
}

/** The entry of a receipt, in the form in which a Sigstore bundle brings one of Rekor's. */
function entryOf(receipt) {
  const end = receipt.indexOf('\n\n');
  const [, extra, index, ...hashes] = receipt.slice(0, end).split('\n');
  const record = Buffer.from(extra.replace(/^extra /, ''), 'base64');
  const commitment = createHash('sha256').update('assent/consent-record/v1\n').update(record);
  return {
    canonicalizedBody: Buffer.concat([Buffer.of(1), commitment.digest()]),
    inclusionProof: {
      logIndex: index.replace(/^index /, ''),
      hashes: hashes.map((hash) => Buffer.from(hash, 'base64')),
      checkpoint: { envelope: receipt.slice(end + 2) },
    },
  };
}
