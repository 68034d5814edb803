// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

export interface TestChoice {
  /** Ids of the purposes granted, the required ones too. Absent: none. */
  readonly granted?: readonly string[] | undefined;
  /** Policy version that was answered, 0 to 999999999. Absent: the highest, so that no later version asks again. */
  readonly version?: number | undefined;
  /** Unix seconds. Absent: now. */
  readonly decidedAt?: number | undefined;
}

/**
 * The cookie of a visitor who has answered: set it before a test opens the page, and no banner comes.
 * The service hears nothing of it.
 */
export declare function choiceCookie(choice?: TestChoice): { name: 'assent'; value: string };
