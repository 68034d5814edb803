// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { element } from '../element';
import { fill } from '../text';
import type { DeclaredPurpose, DetailTexts } from './artefact';
import { lifetime } from './lifetime';

/** What a purpose stores or reads, for how long and by whom: folded away, nothing where it declares nothing. */
export function drawTrackers({ trackers }: DeclaredPurpose, caption: string, language: string, texts: DetailTexts): HTMLElement | false {
  const rows = trackers.map(({ name, type, provider, thirdParty, lifetime: kept }) =>
    element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row' },
        name,
        provider && element('span', {}, provider + (thirdParty ? ` · ${texts.thirdParty}` : '')),
      ),
      element('td', {}, texts.types[type] ?? type),
      element('td', {}, kept ? lifetime(kept, language, texts) : '–'),
    ),
  );
  const heads = [texts.trackerName, texts.trackerType, texts.trackerLifetime];
  return (
    rows.length > 0 &&
    element(
      'details',
      {},
      element('summary', {}, fill(texts.trackers, { count: rows.length })),
      element(
        'table',
        { 'aria-label': caption },
        element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
        element('tbody', {}, ...rows),
      ),
    )
  );
}
