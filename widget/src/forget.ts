// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { namesOf, removeStored } from './storage';
import type { Choices, Purpose, Tracker } from './types';

/** Whether a declared tracker means this name. An empty name or prefix means nothing. */
export function matches({ name, match }: Tracker, found: string): boolean {
  const wanted = match === 'prefix' ? name.replace(/\*$/, '') : name;
  return wanted !== '' && (match === 'prefix' ? found.startsWith(wanted) : found === wanted);
}

/**
 * The things to remove of those found: declared under a purpose that is refused and under none
 * that is granted, and not our own.
 */
export function toForget(purposes: readonly Purpose[], choices: Choices, type: Tracker['type'], found: readonly string[]) {
  const declared = (granted: boolean) =>
    purposes.filter(({ id }) => (choices[id] === true) === granted).flatMap(({ trackers }) => trackers.filter((it) => it.type === type));
  const kept = declared(true);
  const refused = declared(false);
  return found.flatMap((name) => {
    const tracker = refused.find((it) => matches(it, name));
    const ours = name === 'assent' || name.startsWith('assent.');
    return tracker && !ours && !kept.some((it) => matches(it, name)) ? [{ name, domain: tracker.domain }] : [];
  });
}

/** Clears what the refused purposes have left in this browser, as far as a script may. */
export function forget(purposes: readonly Purpose[], choices: Choices): void {
  for (const type of ['cookie', 'localStorage', 'sessionStorage', 'indexedDB'] as const) {
    // Databases cannot be listed everywhere: they are removed by their declared, exact names.
    const found =
      type === 'indexedDB'
        ? purposes.flatMap(({ trackers }) => trackers.filter((it) => it.type === type && it.match !== 'prefix').map((it) => it.name))
        : namesOf(type);
    for (const { name, domain } of toForget(purposes, choices, type, found)) removeStored(type, name, domain);
  }
}
