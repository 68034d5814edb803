// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Choices } from '../../types/assent.js';

export type { Assent, Cause, Change, Choices, Recorded } from '../../types/assent.js';

export interface Options {
  /** Brings the texts of this language only (BCP 47, for example `fr`), which is smaller. Absent: all of them. */
  readonly language?: string | undefined;
  /** For a Content Security Policy that asks for one. */
  readonly nonce?: string | undefined;
}

/** What the visitor has granted. Nothing here throws; nothing is granted until the service's script says so. */
export interface Consent {
  /**
   * Resolves, never rejects, when a stored choice is applied or the banner stands. To an empty object
   * on a server and where the script cannot be loaded: nothing is granted then.
   */
  readonly ready: Promise<Choices>;
  /** Whether the purpose is granted now; of several, parted by spaces, whether all are. Unknown ones never are. */
  granted(purposes: string): boolean;
  /**
   * Calls `start` each time the purpose becomes granted, also if it is already, and `stop` each time
   * it is withdrawn after that. Never before `when` has returned.
   *
   * @returns what ends this; it calls nothing
   */
  when(purposes: string, start: () => unknown, stop?: () => unknown): () => void;
  /** Opens the preferences, as soon as they are there. */
  open(): void;
}

/**
 * Puts the one script tag into the page, unless it is there already, and returns at once. On a server,
 * where there is no page, it does nothing. Under Trusted Types it needs `trusted-types assent assent-tag`.
 *
 * @param service address of the service, for example `https://consent.example.com`
 * @param siteKey of the site, as the service's snippet shows it
 */
export declare function assent(service: string, siteKey: string, options?: Options): Consent;
