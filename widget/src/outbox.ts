// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Answer } from './api';
import type { Store } from './storage';
import type { Choice } from './types';

/** Choices kept for a service that does not answer; beyond that the oldest are dropped. */
const CAPACITY = 20;

/** Done or refused for good: out of the box. Busy, broken or unreachable: it stays. */
export function isFinal(status: number): boolean {
  return status >= 200 && status < 500 && status !== 408 && status !== 425 && status !== 429;
}

/** Seconds to the next try: 5, 10, 20 … at most 10 minutes, spread by a fifth, never before `retryAfter`. */
export function waitSeconds(failures: number, random: number, retryAfter = 0): number {
  return Math.max(Math.min(600, 5 * 2 ** failures) * (0.9 + random / 5), Math.min(retryAfter, 3600));
}

export interface Outbox {
  /** Keeps the choice, before anything else is done with it. */
  put(choice: Choice): void;
  /** Sends all that is kept, oldest first. Safe in any number of tabs: a choice has its own id. */
  flush(): void;
}

/**
 * Choices on their way to the service. Each lies under its own key, so that two tabs never
 * overwrite one another; UUIDv7 keys sort by time.
 *
 * @param deliver sends one choice and never rejects
 * @param onDelivered called for each choice that the service has stored
 */
export function openOutbox(
  store: Store,
  site: string,
  deliver: (choice: Choice) => Promise<Answer>,
  onDelivered: (choice: Choice, answer: Answer) => void,
): Outbox {
  const prefix = `assent.${site}.outbox.`;
  const underway = new Set<string>();
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function dispatch(key: string): Promise<void> {
    const choice = parse(store.get(key));
    if (!choice) return store.remove(key);
    underway.add(key);
    const answer = await deliver(choice);
    underway.delete(key);
    if (isFinal(answer.status)) {
      failures = 0;
      store.remove(key);
      if (answer.status < 300) onDelivered(choice, answer);
    } else {
      clearTimeout(timer);
      timer = setTimeout(flush, waitSeconds(failures++, Math.random(), answer.retryAfter) * 1000);
    }
  }

  function flush(): void {
    for (const key of store.keys(prefix)) if (!underway.has(key)) void dispatch(key);
  }

  return {
    put(choice) {
      store.set(prefix + choice.id, JSON.stringify(choice));
      for (const key of store.keys(prefix).slice(0, -CAPACITY)) store.remove(key);
    },
    flush,
  };
}

function parse(value: string | undefined): Choice | undefined {
  try {
    const choice = JSON.parse(value ?? '');
    return typeof choice?.id === 'string' ? choice : undefined;
  } catch {
    return undefined;
  }
}
