// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { MAX_BUNDLE_BYTES, isTombstone, parseBundle, parseTombstone } from './bundle';
import { parseObject } from './canonical';
import { ExportFindings } from './findings';
import { type Grounds, Steps } from './grounds';
import { Heads } from './heads';
import { linesOf } from './lines';
import { member } from './members';
import type { Note } from './note';
import { parseProof } from './proof';
import { parseReceipt } from './receipt';
import { Refusal, within } from './refusal';
import { Sequence } from './sequence';
import { openerFor } from './signed';
import { verifyTombstone } from './tombstone';
import type { Trust } from './trust';
import { CLAIMED, FIRST_USE, FORGETFUL, FROM_HERE_ON, LIMITS, type Verdict } from './verdict';
import { Verification } from './verification';
import { KEY_TYPE, parseVkey } from './vkey';

/**
 * Verifies an export as a whole: one bundle or tombstone a line, in the order of the site's
 * numbers, none missing; also the lines after one that fails. Memory does not grow with it.
 *
 * Where no key is known, the one that the first line brings is trusted for all the others. Where a
 * checkpoint was kept earlier, the first line under each checkpoint must prove that the log grew
 * from it; the others under the same checkpoint need not.
 *
 * @param progress told the number of each line, from 1, that is done
 */
export async function verifyExport(stream: AsyncIterable<Uint8Array>, trust: Trust, since?: Note, progress?: (line: number) => void): Promise<Verdict> {
  const findings = new ExportFindings(trust.witnesses.length);
  const sequence = new Sequence();
  const grounds: Grounds = { trust, logs: trust.logs, open: openerFor(trust.witnesses), heads: new Heads(), ...(since && { since }) };
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
  const notes = [firstUse && FIRST_USE, FROM_HERE_ON, findings.hasTombstones && CLAIMED, grounds.heads.forgetful && FORGETFUL, LIMITS];
  return findings.verdict(sequence.summary(), notes.filter((note) => note !== false));
}

async function verifyLine(line: Uint8Array, grounds: Grounds, findings: ExportFindings, sequence: Sequence): Promise<void> {
  const json = await within('parse', () => parseObject(line, MAX_BUNDLE_BYTES));
  if (await within('parse', () => isTombstone(json))) {
    const tombstone = await within('parse', () => parseTombstone(json));
    await trustFirst(tombstone.vkey, grounds);
    const steps = new Steps(grounds);
    await verifyTombstone(tombstone, await within('parse', () => parseProof(tombstone.erasure.proof)), steps);
    findings.addTombstone(steps);
    sequence.take(tombstone.site, tombstone.seq, tombstone.index);
    return;
  }
  const bundle = await within('parse', () => parseBundle(json));
  await trustFirst(bundle.vkey, grounds);
  const receipt = await within('parse', () => parseReceipt(bundle));
  const verification = new Verification(grounds, receipt, bundle);
  const record = await verification.run();
  findings.addRecord(verification.steps);
  sequence.take(member(record, 'string', 'site'), member(record, 'number', 'seq'), receipt.index);
}

async function trustFirst(vkey: string, grounds: Grounds): Promise<void> {
  const sent = await within('parse', () => parseVkey(vkey, KEY_TYPE.log));
  if (grounds.logs.length === 0) grounds.logs = [sent];
}
