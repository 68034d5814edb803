// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';

/** The vectors that every verifier of ours must agree on, one JSON object a line. */
export function vectors<T>(name: 'inclusion' | 'consistency' | 'receipts'): T[] {
  const file = new URL(`../../../src/test/resources/vectors/${name}.ndjson`, import.meta.url);
  return readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as T);
}

/** A file, the key to check it with, and the number of the step at which it must be refused; 0 for none. */
export interface ReceiptVector {
  desc: string;
  step: number;
  vkey: string;
  file: string;
}

export const receiptVector = (desc: string): ReceiptVector => vectors<ReceiptVector>('receipts').find((it) => it.desc === desc)!;
