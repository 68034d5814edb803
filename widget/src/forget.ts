// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { cookies, openStore, removeCookie, removeDatabase } from './storage';
import type { Choices, Purpose, Tracker } from './types';

/** Whether a declared tracker means this name. An empty name or prefix means nothing. */
export function matches({ name, match }: Tracker, found: string): boolean {
  const prefix = match === 'prefix' ? name.replace(/\*$/, '') : '';
  return prefix ? found.startsWith(prefix) : match !== 'prefix' && found === name;
}

/**
 * Which of the names found are to be removed: those of a tracker whose purpose is refused, unless
 * a granted purpose declares them too or they are our own.
 */
export function toForget(purposes: readonly Purpose[], choices: Choices, tracker: Tracker, found: readonly string[]): string[] {
  const kept = purposes.flatMap(({ id, trackers }) => (choices[id] ? trackers ?? [] : [])).filter(({ type }) => type === tracker.type);
  return found.filter((name) => matches(tracker, name) && !/^assent(\.|$)/.test(name) && !kept.some((it) => matches(it, name)));
}

/** Clears what the refused purposes have left in this browser, as far as a script may. */
export function forget(purposes: readonly Purpose[], choices: Choices): void {
  for (const { id, trackers } of purposes)
    for (const tracker of (!choices[id] && trackers) || []) {
      const [found, remove] = areaOf(tracker);
      for (const name of toForget(purposes, choices, tracker, found)) remove(name, tracker.domain);
    }
}

/** The names in a tracker's area, and what removes one of them. Listed only when something is to go: it takes a millisecond. */
function areaOf({ type, name }: Tracker): [found: string[], remove: (name: string, domain?: string) => void] {
  if (type === 'cookie') return [cookies().map(([it]) => it), removeCookie];
  // Databases cannot be listed in every browser: the declared name is tried.
  if (type === 'indexedDB') return [[name], removeDatabase];
  const { keys, remove } = openStore(type);
  return [keys(), remove];
}
