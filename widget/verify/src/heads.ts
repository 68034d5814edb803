// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { equal } from './bytes';
import type { Checkpoint } from './checkpoint';
import { Refusal } from './refusal';

/** How many checkpoints are remembered beside the first, so that memory does not grow with an export. */
export const HEADS_KEPT = 64;

/** The checkpoints of one file: all of one log, and never two roots for one size. */
export class Heads {
  private first?: Checkpoint;
  /** By size, the one that was met last at the end. */
  private readonly kept = new Map<bigint, Checkpoint>();
  private readonly joined = new Set<Checkpoint>();
  /** Whether there were more than are remembered. */
  forgetful = false;

  /** Takes a checkpoint whose signature is verified. @throws Refusal of step 8 */
  take(checkpoint: Checkpoint): void {
    this.first ??= checkpoint;
    if (checkpoint.origin !== this.first.origin) throw new Refusal('consistency', 'a checkpoint of another log');
    const known = this.kept.get(checkpoint.size) ?? checkpoint;
    for (const other of [known, this.first]) {
      if (other.size === checkpoint.size && !equal(other.root, checkpoint.root)) throw new Refusal('consistency', 'two roots for one size: the log has forked');
    }
    this.kept.delete(known.size);
    this.kept.set(known.size, known);
    if (this.kept.size > HEADS_KEPT) this.forget();
  }

  /** Whether a line before has proven that this checkpoint, taken just now, and the one kept earlier are of one log. */
  isJoined({ size }: Checkpoint): boolean {
    return this.joined.has(this.kept.get(size)!);
  }

  setJoined({ size }: Checkpoint): void {
    const known = this.kept.get(size);
    if (known) this.joined.add(known);
  }

  private forget(): void {
    const [size, oldest] = this.kept.entries().next().value!;
    this.kept.delete(size);
    this.joined.delete(oldest);
    this.forgetful = true;
  }
}
