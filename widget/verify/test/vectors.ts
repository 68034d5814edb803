// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';

/** The vectors that every verifier of ours must agree on, one JSON object a line. */
export function vectors<T>(name: 'inclusion' | 'consistency' | 'receipts' | 'exports'): T[] {
  const file = new URL(`../../../src/test/resources/vectors/${name}.ndjson`, import.meta.url);
  return readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => filled(JSON.parse(line) as Long) as T);
}

/** In a long file `@FILL@` stands for a letter many times. */
interface Long {
  file: string;
  fill?: { letter: string; times: number };
}

const filled = ({ fill, ...vector }: Long) => (fill ? { ...vector, file: vector.file.replace('@FILL@', fill.letter.repeat(fill.times)) } : vector);

/** An export, what to check it with ("" for nothing), and line and step of each failure. */
export interface ExportVector {
  desc: string;
  trust: string;
  since: string;
  exit: number;
  failures: [number, number][];
  file: string;
}

/** A file, the key to check it with or a trust file in its place, and the number of the step at which it must be refused; 0 for none. */
export interface ReceiptVector {
  desc: string;
  step: number;
  vkey: string;
  trust?: string;
  file: string;
}

export const receiptVector = (desc: string): ReceiptVector => vectors<ReceiptVector>('receipts').find((it) => it.desc === desc)!;
