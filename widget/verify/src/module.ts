// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { TRUST_NOBODY } from './trust';
import { MEANING, type Result, exitCode, numberOf } from './verdict';
import { verify } from './verify';

/** What came of one step, in words. */
export interface Told {
  number: number;
  meaning: string;
  result: Result;
  detail: string;
}

/**
 * Verifies a file of which a page has the bytes already: the verifier as a module, for pages that want
 * to show its result themselves. The key that comes with the file is trusted on first use.
 *
 * @throws Unsupported where the browser has no Ed25519
 */
export async function check(bytes: Uint8Array, name: string): Promise<{ ok: boolean; level: string; steps: Told[]; notes: string[] }> {
  const verdict = await verify({ name, stream: () => once(bytes) }, { trust: TRUST_NOBODY });
  const steps = verdict.checks.map(({ step, result, detail }) => ({ number: numberOf(step), meaning: MEANING[step], result, detail }));
  return { ok: exitCode(verdict) === 0, level: verdict.level, steps, notes: verdict.notes };
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
