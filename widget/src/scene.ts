// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Store } from './storage';
import type { Speech } from './text';
import type { Choices, Payload, StoredChoice } from './types';

/** What the core hands to the second part, `details/`, and what that does for it: the seam between the two scripts. */
export interface Scene {
  policy: Payload;
  speech: Speech;
  /** Name of who asks. */
  controller: string;
  /** Address of the service. */
  base: string;
  choices: Choices;
  /** Absent: never answered, or too long ago. */
  stored: StoredChoice | undefined;
  store: Store;
  /** Proof that the records are this visitor's. Asked only when the visitor wants to see them. */
  secret(): string;
  /** Whether a choice is still on its way to the service. */
  pending(id: string): boolean;
  /** Resolves when what is being sent now is answered, or will not be. */
  quiet(): Promise<unknown>;
  /**
   * After an erasure, when nothing of the visitor is left in `store`: removes the cookie, grants
   * nothing, leaves the preferences and announces `said`.
   */
  reset(said: string): void;
}

/** What the second part can do. Neither ever throws or rejects. */
export interface Details {
  /** Fills the open preferences: trackers, the record, history, erasure. Resolves to whether it could. */
  enrich(scene: Scene, dialog: HTMLDialogElement): Promise<boolean>;
  /** Shows below `#assent` what will change, where it is time and the visitor has not read it yet. */
  announce(scene: Scene): void;
}
