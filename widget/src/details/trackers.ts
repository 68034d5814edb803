// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { element } from '../element';
import { fill } from '../text';
import type { DeclaredPurpose, DeclaredTracker, DetailTexts } from './artefact';
import { lifetime } from './lifetime';

/**
 * What a purpose stores or reads, for how long and by whom: folded away. It fills the room that the
 * core leaves below each purpose; where nothing is declared it says so, and opens nothing.
 */
export function drawTrackers({ trackers = [] }: DeclaredPurpose, caption: string, language: string, texts: DetailTexts): HTMLElement {
  const title = fill(texts.trackers, { count: trackers.length.toLocaleString(language) });
  if (!trackers.length) return element('p', { class: 'assent-none' }, title);
  const heads = [texts.trackerName, texts.trackerType, texts.trackerLifetime];
  const words = lifetimes(trackers, language, texts);
  return element(
    'details',
    { 'data-assent': 'trackers' },
    element('summary', {}, title),
    element(
      'table',
      { 'aria-label': caption },
      element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
      element('tbody', {}, ...trackers.map((tracker) => drawRow(tracker, words, texts))),
    ),
  );
}

/** How a tracker is called: a beginning of names with a closing `*`. */
export function trackerName({ name, match }: DeclaredTracker): string {
  return match === 'prefix' ? name.replace(/\*?$/, '*') : name;
}

function drawRow(tracker: DeclaredTracker, words: Map<string | undefined, string>, texts: DetailTexts): HTMLElement {
  const { type, provider, thirdParty } = tracker;
  const readers = [provider, thirdParty && texts.thirdParty].filter(Boolean).join(' · ');
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, element('bdi', {}, trackerName(tracker)), readers && element('span', {}, readers)),
    element('td', {}, texts.types[type] ?? type),
    element('td', {}, words.get(tracker.lifetime) ?? '–'),
  );
}

/** Each once: of hundreds of trackers, few are kept differently, and counting in words is slow. */
function lifetimes(trackers: DeclaredTracker[], language: string, texts: DetailTexts): Map<string | undefined, string> {
  return new Map([...new Set(trackers.map((it) => it.lifetime))].flatMap((value) => (value ? [[value, lifetime(value, language, texts)]] : [])));
}
