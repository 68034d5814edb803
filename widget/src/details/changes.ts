// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Artefact, type DeclaredPurpose, type DeclaredTracker, wordsIn } from './artefact';
import { purposeText } from '../text';
import { isolated } from './names';
import { trackerName } from './trackers';

/** What a coming version brings, changes and drops: names of purposes, and of trackers with their purpose in brackets. */
export interface Changes {
  added: string[];
  changed: string[];
  removed: string[];
}

/**
 * Compares two artefacts for a visitor of one language. A purpose has changed if that version asks
 * about it again, or if anything of it but its hosts' or trackers' order is otherwise: what of it
 * comes or goes stands beside it.
 */
export function changesBetween(now: Artefact, next: Artefact, language: string): Changes {
  const changes: Changes = { added: [], changed: [], removed: [] };
  const name = (artefact: Artefact, id: string) => purposeText(wordsIn(artefact, language), id).name;
  for (const purpose of next.purposes) {
    const before = now.purposes.find(({ id }) => id === purpose.id);
    if (!before) changes.added.push(name(next, purpose.id));
    else if (purpose.since === next.version || content(now, before, language) !== content(next, purpose, language)) changes.changed.push(name(next, purpose.id));
  }
  for (const { id } of now.purposes) if (!next.purposes.some((it) => it.id === id)) changes.removed.push(name(now, id));
  for (const [before, purpose] of pairs(now, next)) {
    const of = (it: DeclaredTracker) => `${isolated(trackerName(it))} (${name(next, purpose.id)})`;
    changes.added.push(...missing(purpose, before).map(of));
    changes.removed.push(...missing(before, purpose).map(of));
  }
  return changes;
}

/** Purposes that both versions have. */
function pairs(now: Artefact, next: Artefact): [before: DeclaredPurpose, after: DeclaredPurpose][] {
  return next.purposes.flatMap((after) => now.purposes.filter(({ id }) => id === after.id).map((before) => [before, after] as [DeclaredPurpose, DeclaredPurpose]));
}

/** Trackers of the first that the second does not know by type, name and match. */
function missing({ trackers = [] }: DeclaredPurpose, { trackers: known = [] }: DeclaredPurpose): DeclaredTracker[] {
  const key = (it: DeclaredTracker) => `${it.type} ${trackerName(it)}`;
  const keys = new Set(known.map(key));
  return trackers.filter((it) => !keys.has(key(it)));
}

/** All that a visitor of this language is told of a purpose, as one text. */
function content(artefact: Artefact, { trackers = [], hosts = [], signals = [], dpv, required = false, saleOrShare = false, id }: DeclaredPurpose, language: string): string {
  const sorted = (parts: unknown[]) => parts.map((part) => canonical(part)).sort();
  const { name, description } = purposeText(wordsIn(artefact, language), id);
  return canonical([sorted(trackers), sorted(hosts), sorted(signals), dpv ?? '', required, saleOrShare, name, description]);
}

/** JSON with the keys of each object in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
