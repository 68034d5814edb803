// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Tombstone } from './bundle';
import type { JsonObject } from './canonical';
import type { Steps } from './grounds';
import { member } from './members';
import { Malformed, within } from './refusal';
import { ENTRY } from './tree';

const REASONS = ['retention', 'request', 'site-removed'];

/**
 * Takes a tombstone through the steps that concern it, 2 to 5 and 8: the log holds, after the
 * record, a statement that the record was erased. Which entry the record's was is claimed only.
 */
export async function verifyTombstone({ site, seq, index, erasure, consistency }: Tombstone, steps: Steps): Promise<void> {
  const proof = await within('parse', () => erasure.parseProof());
  const { checkpoint } = await steps.open(proof.checkpoint);
  // 4. What stands in place of salt and record.
  await within('commitment', () => {
    if (!isStated(erasure.document, site, seq)) throw new Malformed('no statement of erasure for this record');
    return erasure.hash(); // refuses one that is too large
  });
  steps.end('commitment', 'passed', `record ${seq} is stated to be erased`);
  await within('inclusion', async () => {
    await erasure.verify(ENTRY.erasure, checkpoint);
    if (proof.index <= index) throw new Malformed('erased before it was recorded');
  });
  steps.end('inclusion', 'passed', `entry ${proof.index}`);
  await steps.consistency(checkpoint, consistency);
}

/** Whether the statement, `{v, site, first, last, reason, at}`, is for this site and takes in this number. */
function isStated(statement: JsonObject, site: string, seq: number): boolean {
  return (
    member(statement, 'number', 'v') === 1 &&
    member(statement, 'string', 'site') === site &&
    member(statement, 'number', 'first') <= seq &&
    seq <= member(statement, 'number', 'last') &&
    REASONS.includes(member(statement, 'string', 'reason'))
  );
}
