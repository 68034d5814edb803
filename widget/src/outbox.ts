// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Answer } from './api';
import type { Store } from './storage';

/** Choices kept for a service that does not answer; beyond that the oldest are dropped. */
const CAPACITY = 20;

const DAY_MILLIS = 864e5;

/**
 * Done, or a body that the service will never take: out of the box. Busy, broken or unreachable: it
 * stays. Any other refusal may be about the site or come from a proxy, and pass: it stays for a day.
 */
export function isFinal(status: number, ageMillis: number): boolean {
  return (ageMillis > DAY_MILLIS ? /^(2|4(?!08|25|29))/ : /^(2|40[09]|41[35])/).test(`${status}`);
}

/** Seconds to the next try: 5, 10, 20 … or as the service asks, at most 600, spread by as much again. */
export function waitSeconds(failures: number, random: number, retryAfter: number): number {
  return Math.min(600, Math.max(5 * 2 ** failures, retryAfter)) * (1 + random);
}

export interface Outbox {
  /** Keeps the choice, before anything else is done with it. Returns what sends it, if it is still there. */
  put(id: string, body: string): () => unknown;
  /** Whether the choice is still on its way. */
  has(id: string): boolean;
  /** Sends all that is kept, oldest first. Safe in any number of tabs: a choice has its own id. */
  flush(): void;
  /** Resolves when what is being sent now is answered, or will not be. Never rejects. */
  quiet(): Promise<unknown>;
}

/**
 * Choices on their way to the service, each as the text to send. Each lies under its own key, so
 * that two tabs never overwrite one another; UUIDv7 keys sort by time.
 *
 * @param deliver sends one choice and never rejects
 * @param onDelivered called for each choice that the service has stored
 */
export function openOutbox(
  store: Store,
  site: string,
  deliver: (body: string) => Promise<Answer>,
  onDelivered: (id: string) => void,
): Outbox {
  const prefix = `assent.${site}.outbox.`;
  const underway = new Map<string, Promise<void>>();
  let failures = 0;
  let timer: ReturnType<typeof setTimeout>;

  const kept = () => store.keys().filter((key) => key.startsWith(prefix));

  async function dispatch(key: string): Promise<void> {
    const answer = await deliver(store.get(key)!);
    underway.delete(key);
    // The first 8 of a UUIDv7's 12 digits of time: about a minute each.
    if (isFinal(answer.status, Date.now() - parseInt(key.slice(prefix.length), 16) * 65536)) {
      failures = 0;
      store.remove(key);
      if (answer.status < 300) onDelivered(key.slice(prefix.length));
    } else {
      clearTimeout(timer);
      timer = setTimeout(flush, waitSeconds(failures++, Math.random(), answer.retryAfter) * 1000);
    }
  }

  const start = (key: string): unknown => underway.has(key) || !store.get(key) || underway.set(key, dispatch(key));
  const flush = (): void => kept().forEach(start);

  return {
    put(id, body) {
      store.set(prefix + id, body);
      for (const key of kept().slice(0, -CAPACITY)) store.remove(key);
      return () => start(prefix + id);
    },
    has: (id) => store.get(prefix + id) != null,
    flush,
    quiet: () => Promise.all(underway.values()),
  };
}
