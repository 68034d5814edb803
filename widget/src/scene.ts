// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Outbox } from './outbox';
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
  outbox: Outbox;
  /**
   * After an erasure, when nothing of the visitor is left in `store`: removes the cookie, grants
   * nothing, leaves the preferences and announces `said`.
   */
  reset(said: string): void;
}

/** What the second part can do. Neither ever throws or rejects. */
export interface Details {
  /** Fills the open preferences: trackers, who is responsible, the record, history, erasure. Resolves to whether it could. */
  enrich(scene: Scene, dialog: HTMLDialogElement): Promise<boolean>;
  /** Shows within `#assent` what a coming version will change. */
  announce(scene: Scene): void;
}
