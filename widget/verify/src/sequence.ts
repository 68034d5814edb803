// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { Refusal } from './refusal';
import type { Sample } from './sample';

/**
 * Step 9: the numbers of one site's records, each one more than the last, and their entries in the
 * same order. So an index that is only claimed, a tombstone's, lies between its neighbours'. Of a
 * sample: each number that it draws, ascending, under the checkpoint that it names.
 */
export class Sequence {
  private site = '';
  private first = 0;
  private last = 0;
  private lastIndex = -1n;
  private sample?: Sample;
  private taken = 0;

  /** What follows is what the sample draws, and nothing else. */
  expect(sample: Sample): void {
    [this.sample, this.site] = [sample, sample.site];
  }

  isDrawn(): boolean {
    return this.sample !== undefined;
  }

  /**
   * Takes the next record or tombstone; where it is refused, the sequence goes on from it.
   *
   * @param index of its entry in the log
   * @throws Refusal if it is of another site, or a number is missing, doubled or out of order
   */
  take(site: string, seq: number, index: bigint): void {
    require(seq > 0, "a record's number is from 1");
    if (this.sample) return this.takeDrawn(this.sample, site, seq, index);
    if (this.first === 0) [this.site, this.first, this.last] = [site, seq, seq - 1];
    require(site === this.site, 'a record of another site');
    require(seq > this.last, seq === this.last ? `record ${seq} stands twice` : 'out of order');
    const [expected, indexBefore] = [this.last + 1, this.lastIndex];
    [this.last, this.lastIndex] = [seq, index];
    require(seq === expected, `missing: records ${expected} to ${seq - 1}`);
    require(index > indexBefore, 'an entry before that of the record before');
  }

  private takeDrawn({ numbers, size }: Sample, site: string, seq: number, index: bigint): void {
    require(site === this.site, 'a record of another site');
    const expected = numbers[this.taken++];
    require(expected !== undefined, `record ${seq} is not in the sample`);
    const indexBefore = this.lastIndex;
    this.lastIndex = index;
    require(seq === expected, `record ${seq} instead of record ${expected}`);
    require(index > indexBefore, 'an entry before that of the record before');
    require(index < BigInt(size), "an entry that is not under the sample's checkpoint");
  }

  /** Of a sample: what says which number was drawn and did not come. */
  missing(): string | undefined {
    const next = this.sample?.numbers[this.taken];
    return next === undefined ? undefined : `missing: record ${next} and what was drawn after it`;
  }

  summary(): string {
    const { sample } = this;
    if (sample) return `site ${this.site}, ${sample.numbers.length} of records ${sample.first} to ${sample.last}, drawn by the seed "${sample.seed}"`;
    return `site ${this.site}, ${this.first === this.last ? `record ${this.first}` : `records ${this.first} to ${this.last}`}`;
  }
}

function require(holds: boolean, otherwise: string): void {
  if (!holds) throw new Refusal('sequence', otherwise);
}
