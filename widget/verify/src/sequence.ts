// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { Refusal } from './refusal';

/**
 * Step 9: the numbers of one site's records, each one more than the last, and their entries in the
 * same order. So an index that is only claimed, a tombstone's, lies between its neighbours'.
 */
export class Sequence {
  private site = '';
  private first = 0;
  private last = 0;
  private lastIndex = -1n;

  /**
   * Takes the next record or tombstone; where it is refused, the sequence goes on from it.
   *
   * @param index of its entry in the log
   * @throws Refusal if it is of another site, or a number is missing, doubled or out of order
   */
  take(site: string, seq: number, index: bigint): void {
    require(seq > 0, "a record's number is from 1");
    if (this.first === 0) [this.site, this.first, this.last] = [site, seq, seq - 1];
    require(site === this.site, 'a record of another site');
    require(seq > this.last, seq === this.last ? `record ${seq} stands twice` : 'out of order');
    const [expected, indexBefore] = [this.last + 1, this.lastIndex];
    [this.last, this.lastIndex] = [seq, index];
    require(seq === expected, `missing: records ${expected} to ${seq - 1}`);
    require(index > indexBefore, 'an entry before that of the record before');
  }

  summary(): string {
    return `site ${this.site}, records ${this.first} to ${this.last}`;
  }
}

function require(holds: boolean, otherwise: string): void {
  if (!holds) throw new Refusal('sequence', otherwise);
}
