// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { hex } from './bytes';
import { type Checkpoint, parseCheckpoint } from './checkpoint';
import { type Note, signersOf } from './note';
import { Refusal, within } from './refusal';
import type { Key } from './vkey';

/** A checkpoint that a trusted log signed. */
export interface Signed {
  checkpoint: Checkpoint;
  /**
   * The witnesses of the trust file that vouch for it.
   *
   * @throws Refusal of step 3 if a line in the name of one of them is not by it
   */
  cosigned(): Promise<Key[]>;
}

/** Opens a note as a checkpoint, step 2. */
export type Opener = (note: Note, logs: Key[]) => Promise<Signed>;

const KEPT = 64;

/** An opener that remembers the last 64: thousands of receipts in an export share one checkpoint, and a signature costs more than all else. */
export function openerFor(witnesses: Key[]): Opener {
  const kept = new Map<string, Signed>();
  return async (note, logs) => {
    const name = JSON.stringify([note.text, note.signatures.map(({ name, id, bytes }) => [name, id, hex(bytes)]), logs.map(({ vkey }) => vkey)]);
    const signed = kept.get(name) ?? (await open(note, logs, witnesses));
    // Put in again at the end: the first is always the one that was not asked for the longest.
    kept.delete(name);
    kept.set(name, signed);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return signed;
  };
}

async function open(note: Note, logs: Key[], witnesses: Key[]): Promise<Signed> {
  const checkpoint = await within('parse', () => parseCheckpoint(note.text));
  const named = logs.filter(({ name }) => name === checkpoint.origin);
  if (named.length === 0) throw new Refusal('signature', 'the checkpoint is of a log that is not trusted');
  const signers = await within('signature', () => signersOf(note, named));
  if (signers.length === 0) throw new Refusal('signature', 'no known key signed it');
  return { checkpoint, cosigned: () => within('witnesses', () => signersOf(note, witnesses)) };
}
