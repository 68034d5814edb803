// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Step } from './verdict';

/** A text or document that is not of its format; says what was expected, never what stood there. */
export class Malformed extends Error {}

/** Ends a verification: one of its steps failed. */
export class Refusal extends Error {
  constructor(
    readonly step: Step,
    reason: string,
  ) {
    super(reason);
  }
}

/** Runs part of a step: whatever is refused there, it is this step that failed. Other errors are slips of ours and rise. */
export async function within<T>(step: Step, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Malformed || error instanceof Refusal) throw new Refusal(step, error.message);
    throw error;
  }
}
