// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { revive } from './revive';
import { trusted } from './trust';

/** Set by the build: with host rules, Microsoft's and Matomo's signals. */
declare const FULL: boolean;

/**
 * Runs what is queued, in order: an inline script waits for the files before it, as in a parsed page.
 *
 * @param queue in which order; may grow at any time
 * @param allowed asked again for each script, for a withdrawal may come while a file is loading
 * @param note called with each script that runs
 * @param put sets an attribute past the wall of the host rules
 * @returns what begins, or goes on
 */
export function createRunner(
  queue: Set<HTMLScriptElement>,
  allowed: (held: Element) => boolean,
  note: (held: Element) => void,
  put?: (element: Element, name: string, value: string) => void,
): () => Promise<void> {
  let running = false;
  return async () => {
    if (running || !(running = true)) return;
    let files: Promise<unknown> | undefined;
    for (const held of queue) {
      // As in a parsed page, nothing waits for `async`, `defer` and modules; `nomodule` never comes.
      const file = (held.src || held.dataset.src) && !held.dataset.type && !held.matches('[async],[defer],[nomodule]');
      if (!file && files) await files;
      queue.delete(held);
      if (!allowed(held) || !held.isConnected) continue;
      try {
        // What the host rules have held never began: it may be the same element, with its listeners.
        const itself = FULL && held.type !== 'text/plain';
        const script = itself ? held : revive(held);
        note(held);
        if (file)
          files = Promise.all([
            files,
            new Promise<unknown>((done) => (script.addEventListener('load', done), script.addEventListener('error', done))),
          ]);
        if (itself) {
          held.async = held.hasAttribute('async');
          put!(held, 'src', trusted('createScriptURL', held.dataset.src!));
        } else held.replaceWith(script);
      } catch {
        // The page's policy forbids it (Trusted Types): it stays held.
      }
    }
    running = false;
  };
}
