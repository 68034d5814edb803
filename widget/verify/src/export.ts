// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { MAX_BUNDLE_BYTES, type Tombstone } from './bundle';
import { ExportFindings } from './findings';
import { type Grounds, Steps } from './grounds';
import { Heads } from './heads';
import { linesOf } from './lines';
import { member } from './members';
import type { Note } from './note';
import { LineReader } from './reader';
import { parseReceipt } from './receipt';
import { Refusal, within } from './refusal';
import { Sequence } from './sequence';
import { openerFor } from './signed';
import { verifyTombstone } from './tombstone';
import type { Trust } from './trust';
import { CLAIMED, DRAWN, FIRST_USE, FORGETFUL, FROM_HERE_ON, LIMITS, type Verdict } from './verdict';
import { Verification } from './verification';
import { KEY_TYPE, parseVkey } from './vkey';

/**
 * Verifies an export as a whole: one bundle or tombstone a line, in the order of the site's
 * numbers, none missing; where a sample's head stands first, none of those that it draws. Also the
 * lines after one that fails. Memory does not grow with it.
 *
 * Where no key is known, the one that the first line brings is trusted for all the others. Where a
 * checkpoint was kept earlier, the first line under each checkpoint must prove that the log grew
 * from it; the others under the same checkpoint need not.
 *
 * @param progress told the number of each line, from 1, that is done
 */
export async function verifyExport(stream: AsyncIterable<Uint8Array>, trust: Trust, since?: Note, progress?: (line: number) => void): Promise<Verdict> {
  const grounds: Grounds = { trust, logs: trust.logs, open: openerFor(trust.witnesses), heads: new Heads(), ...(since && { since }) };
  const all: Export = { grounds, findings: new ExportFindings(trust.witnesses.length), sequence: new Sequence(), reader: new LineReader() };
  const { findings, sequence } = all;
  let number = 0;
  for await (const line of linesOf(stream, MAX_BUNDLE_BYTES)) {
    number++;
    try {
      await verifyLine(line, all, number);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      findings.addFault({ step: error.step, result: 'failed', detail: `line ${number}: ${error.message}` });
    }
    progress?.(number);
  }
  const missing = sequence.missing();
  if (missing) findings.addFault({ step: 'sequence', result: 'failed', detail: missing });
  const firstUse = grounds.logs.length > 0 && trust.logs.length === 0;
  const notes = [firstUse && FIRST_USE, sequence.isDrawn() ? DRAWN : FROM_HERE_ON, findings.hasTombstones && CLAIMED, grounds.heads.forgetful && FORGETFUL, LIMITS];
  return findings.verdict(sequence.summary(), notes.filter((note) => note !== false));
}

/** What goes on from line to line. */
interface Export {
  grounds: Grounds;
  findings: ExportFindings;
  sequence: Sequence;
  reader: LineReader;
  /** The key that was read last: all lines have the same. */
  vkey?: string;
}

async function verifyLine(line: Uint8Array, all: Export, number: number): Promise<void> {
  const read = await within('parse', () => all.reader.read(line));
  if ('numbers' in read) {
    if (number !== 1) throw new Refusal('parse', "a sample's head stands in the first line");
    return all.sequence.expect(read);
  }
  await trustFirst(read.vkey, all);
  if ('erasure' in read) return verifyErased(read, all);
  const receipt = await within('parse', () => parseReceipt(read));
  const verification = new Verification(all.grounds, receipt, read);
  const record = await verification.run();
  all.findings.addRecord(verification.steps);
  all.sequence.take(member(record, 'string', 'site'), member(record, 'number', 'seq'), receipt.index);
}

async function verifyErased(tombstone: Tombstone, { grounds, findings, sequence }: Export): Promise<void> {
  const steps = new Steps(grounds);
  await verifyTombstone(tombstone, steps);
  findings.addTombstone(steps);
  sequence.take(tombstone.site, tombstone.seq, tombstone.index);
}

async function trustFirst(vkey: string, all: Export): Promise<void> {
  if (vkey === all.vkey) return;
  const sent = await within('parse', () => parseVkey(vkey, KEY_TYPE.log));
  all.vkey = vkey;
  if (all.grounds.logs.length === 0) all.grounds.logs = [sent];
}
