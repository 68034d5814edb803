// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Consistency } from './bundle';
import type { Checkpoint } from './checkpoint';
import { verifyConsistency } from './consistency';
import type { Heads } from './heads';
import type { Note } from './note';
import { Malformed, within } from './refusal';
import type { Opener, Signed } from './signed';
import type { Trust } from './trust';
import type { Check, Result, Step } from './verdict';
import type { Key } from './vkey';

/** What a verification goes by. */
export interface Grounds {
  trust: Trust;
  /** The keys to hold checkpoints against: those of the trust file, or the one on first use. */
  logs: Key[];
  open: Opener;
  /** A checkpoint that was kept earlier. */
  since?: Note;
  /** What the file's checkpoints, taken together, have shown so far. */
  heads: Heads;
}

/** The steps about a checkpoint, whatever lies under it, and what came of each. */
export class Steps {
  readonly checks: Check[] = [];
  private fewest = Infinity;

  constructor(readonly grounds: Grounds) {}

  /** How many witnesses vouch for all that was checked. */
  get cosigned(): number {
    return this.fewest === Infinity ? 0 : this.fewest;
  }

  /** 2. Signature by a trusted key. 3. Witness cosignatures and quorum, if the trust file asks for them. */
  async open(note: Note): Promise<Signed> {
    const signed = await this.grounds.open(note, this.grounds.logs);
    this.end('signature', 'passed', `${signed.checkpoint.origin}, ${signed.checkpoint.size} entries`);
    const cosigned = await signed.cosigned();
    const { length } = this.grounds.trust.witnesses;
    this.fewest = Math.min(this.fewest, cosigned.length);
    if (length === 0) this.end('witnesses', 'skipped', 'no trust file names witnesses');
    else this.vouch('witnesses', cosigned, `${cosigned.length} of ${length}`, `only ${cosigned.length} of ${length}`);
    return signed;
  }

  /** Ends a step by how many witnesses vouch for a checkpoint. */
  vouch(step: Step, cosigned: Key[], enough: string, few: string): void {
    this.fewest = Math.min(this.fewest, cosigned.length);
    if (this.grounds.trust.quorum(cosigned)) this.end(step, 'passed', enough);
    else this.end(step, 'below', few);
  }

  /** 8. No second root for a size; consistency with a checkpoint kept earlier, whichever of the two is the larger. */
  async consistency(checkpoint: Checkpoint, proof?: Consistency): Promise<void> {
    const { since, logs, open, heads } = this.grounds;
    heads.take(checkpoint);
    if (!since) return this.end('consistency', 'skipped', 'no checkpoint kept earlier was given');
    const kept = (await within('consistency', () => open(since, logs))).checkpoint;
    const [first, second] = kept.size <= checkpoint.size ? [kept, checkpoint] : [checkpoint, kept];
    if (proof || !heads.isJoined(checkpoint)) {
      heads.take(kept);
      await within('consistency', () => verifyConsistency(first, second, pathBetween(first.size, second.size, kept.size, proof)));
      heads.take(checkpoint);
      heads.setJoined(checkpoint);
    }
    this.end('consistency', 'passed', `from ${first.size} to ${second.size} entries`);
  }

  end(step: Step, result: Result, detail: string): void {
    this.checks.push({ step, result, detail });
  }
}

/** What is fetched again lies under a newer checkpoint: its proof begins at the one kept. */
function pathBetween(first: bigint, second: bigint, kept: bigint, proof?: Consistency): Uint8Array[] {
  if (first === 0n || first === second) return [];
  if (proof?.first === first) return proof.path;
  throw new Malformed(`the file has no proof from size ${first} to ${second}; fetch the bundle or export again with ?since=${kept}`);
}
