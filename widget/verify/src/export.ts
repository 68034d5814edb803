// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { MAX_BUNDLE_BYTES, type Tombstone, isTombstone, parseBundle, parseTombstone } from './bundle';
import { canonicalBytes, parseObject } from './canonical';
import { sha256 } from './digest';
import { ExportFindings } from './findings';
import { verifyInclusion } from './inclusion';
import { linesOf } from './lines';
import { member } from './members';
import type { Note } from './note';
import { parseProof } from './proof';
import { parseReceipt } from './receipt';
import { Malformed, Refusal, within } from './refusal';
import { Sequence } from './sequence';
import { openerFor } from './signed';
import { ENTRY, entryLeaf } from './tree';
import type { Trust } from './trust';
import { FIRST_USE, FROM_HERE_ON, LIMITS, type Verdict } from './verdict';
import { type Grounds, Verification } from './verification';
import { KEY_TYPE, parseVkey } from './vkey';

const REASONS = ['retention', 'request', 'site-removed'];

/**
 * Verifies an export as a whole: one bundle or tombstone a line, in the order of the site's
 * numbers, none missing; also the lines after one that fails. Memory does not grow with it.
 *
 * Where no key is known, the one that the first line brings is trusted for all the others.
 *
 * @param progress told the number of each line, from 1, that is done
 */
export async function verifyExport(stream: AsyncIterable<Uint8Array>, trust: Trust, since?: Note, progress?: (line: number) => void): Promise<Verdict> {
  const findings = new ExportFindings(trust.witnesses.length);
  const sequence = new Sequence();
  const grounds: Grounds = { trust, logs: trust.logs, open: openerFor(trust.witnesses), ...(since && { since }) };
  let number = 0;
  for await (const line of linesOf(stream, MAX_BUNDLE_BYTES)) {
    number++;
    try {
      await verifyLine(line, grounds, findings, sequence);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      findings.addFault({ step: error.step, result: 'failed', detail: `line ${number}: ${error.message}` });
    }
    progress?.(number);
  }
  const firstUse = grounds.logs.length > 0 && trust.logs.length === 0;
  return findings.verdict(sequence.summary(), firstUse ? [FIRST_USE, FROM_HERE_ON, LIMITS] : [FROM_HERE_ON, LIMITS]);
}

async function verifyLine(line: Uint8Array, grounds: Grounds, findings: ExportFindings, sequence: Sequence): Promise<void> {
  const json = await within('parse', () => parseObject(line, MAX_BUNDLE_BYTES));
  if (await within('parse', () => isTombstone(json))) {
    const tombstone = await within('parse', () => parseTombstone(json));
    await trustFirst(tombstone.vkey, grounds);
    await verifyTombstone(tombstone, grounds);
    findings.addTombstone();
    sequence.take(tombstone.site, tombstone.seq, tombstone.index);
    return;
  }
  const bundle = await within('parse', () => parseBundle(json));
  await trustFirst(bundle.vkey, grounds);
  const receipt = await within('parse', () => parseReceipt(bundle));
  const verification = new Verification(grounds, receipt, bundle);
  const record = await verification.run();
  findings.addRecord(verification.checks, verification.cosigned);
  sequence.take(member(record, 'string', 'site'), member(record, 'number', 'seq'), receipt.index);
}

/** That the log holds, after the record, a statement that the record was erased. */
async function verifyTombstone({ site, seq, index, erasure }: Tombstone, { open, logs }: Grounds): Promise<void> {
  if (!(await within('parse', () => isStated(erasure.document, site, seq)))) {
    throw new Refusal('commitment', 'no statement of erasure for this record');
  }
  const proof = await within('parse', () => parseProof(erasure.proof));
  const { checkpoint } = await open(proof.checkpoint, logs);
  await within('inclusion', async () => {
    const leaf = await entryLeaf(ENTRY.erasure, await sha256(canonicalBytes(erasure.document)));
    await verifyInclusion(proof.index, checkpoint.size, leaf, proof.path, checkpoint.root);
    if (proof.index <= index) throw new Malformed('erased before it was recorded');
  });
}

/** Whether the statement, `{v, site, first, last, reason, at}`, is for this site and takes in this number. */
function isStated(statement: Tombstone['erasure']['document'], site: string, seq: number): boolean {
  return (
    member(statement, 'number', 'v') === 1 &&
    member(statement, 'string', 'site') === site &&
    member(statement, 'number', 'first') <= seq &&
    seq <= member(statement, 'number', 'last') &&
    REASONS.includes(member(statement, 'string', 'reason'))
  );
}

async function trustFirst(vkey: string, grounds: Grounds): Promise<void> {
  const sent = await within('parse', () => parseVkey(vkey, KEY_TYPE.log));
  if (grounds.logs.length === 0) grounds.logs = [sent];
}
