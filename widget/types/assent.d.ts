// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a page can rely on: `window.assent` and the events on `document`.
 * Nothing here ever throws; a call with nonsense does nothing.
 */

/** Every purpose of the site's policy with its answer. Without an answer: `true` only where required. */
export type Choices = Readonly<Record<string, boolean>>;

/** What made the choices what they are now. `stored`: read at page load; `tab`: answered in another tab;
 * `gpc`: the browser's Global Privacy Control; `erased`: the visitor has deleted their records. */
export type Cause = 'banner' | 'preferences' | 'api' | 'gpc' | 'stored' | 'tab' | 'erased';

/** `detail` of `assent:change`. */
export interface Change {
  readonly choices: Choices;
  readonly cause: Cause;
  /** Consent id, UUIDv7; the record can be read by it once the service has it. Undefined after an erasure. */
  readonly id: string | undefined;
}

/** `detail` of `assent:recorded`: the service has the choice, durably. */
export interface Recorded {
  readonly id: string;
  /** Address of the page that shows the record. */
  readonly record: string;
}

export interface Assent {
  /** The choices that hold now; a new object after each change. */
  readonly choices: Choices;
  /** Resolves, never rejects, when the stored choice is applied or the banner stands. */
  readonly ready: Promise<Choices>;
  /** Opens the preferences. Focus comes back to where it was when they close. */
  open(): void;
  /** Grants every purpose. */
  acceptAll(): void;
  /** Refuses every purpose that is not required. */
  rejectAll(): void;
  /** Changes the purposes named and leaves the others as they are. Only `true` grants; unknown ids are ignored. */
  set(choices: Readonly<Record<string, boolean>>): void;
  /** As {@link rejectAll}, recorded as a withdrawal. */
  withdraw(): void;
  /** Calls `listener` after each change; returns the function that stops it. */
  on(event: 'change', listener: (choices: Choices) => void): () => void;
}

declare global {
  interface Window {
    /** Absent until the script has run. */
    assent?: Assent;
  }
  interface DocumentEventMap {
    /** After each answer, and once at page load where a stored choice holds. */
    'assent:change': CustomEvent<Change>;
    /** Each time the service has taken a choice of this visitor. */
    'assent:recorded': CustomEvent<Recorded>;
  }
}
