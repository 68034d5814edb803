// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/** One of the browsers that visitors come with. */
export interface Engine {
  name: string;
  /** Where it is on this machine. Absent: it is not. */
  program(): string | undefined;
  /** What to install where it is not. */
  remedy: string;
  /** @param program what {@link program} found */
  launch(program: string): Promise<Browser>;
}

/** A browser that runs. */
export interface Browser {
  /** A window of somebody who has never been anywhere: no cookies, no storage. */
  visitor(): Promise<Visitor>;
  /** Ends the browser and all that it has started. */
  close(): Promise<void>;
}

export type Key = 'Tab' | 'Enter' | 'Space' | 'Escape';

/** A person at one window; what they do is real input, not a script's. */
export interface Visitor {
  /** Goes to an address and waits until the page has loaded. */
  go(address: string): Promise<void>;
  /** Presses the mouse on the first element that fits. Rejects where there is none. */
  click(selector: string): Promise<void>;
  press(key: Key): Promise<void>;
  /**
   * Asks the page. Rejects while the page is being replaced.
   *
   * @param question runs in the page and sees nothing of the test but what it is given, as JSON; so its answer
   */
  ask<A extends unknown[], T>(question: (...given: A) => T, ...given: A): Promise<T>;
  leave(): Promise<void>;
}

/** A question as an expression that any engine takes. */
export function expression<A extends unknown[]>(question: (...given: A) => unknown, given: A): string {
  return `(${question})(${given.map((it) => JSON.stringify(it))})`;
}
