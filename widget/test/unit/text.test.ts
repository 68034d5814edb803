// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lifetime } from '../../src/details/lifetime';
import { day, fill, purposeText, speechFor } from '../../src/text';
import type { Payload } from '../../src/types';
import { builtIn, samplePolicy } from '../policy.mjs';

const policy = samplePolicy({ languages: ['en', 'fr', 'de', 'ar'] }) as Payload;
const offered = (...languages: string[]) =>
  ({ ...policy, texts: Object.fromEntries(languages.map((it) => [it, policy.texts.en])) }) as Payload;
const english = speechFor(policy, ['en']);

test.each([
  [['fr', 'de'], 'fr'],
  [['fr-CA'], 'fr'],
  [['', 'ja', 'de-AT', 'en'], 'de'],
  [['DE'], 'de'],
  [['ja'], 'en'],
  [[], 'en'],
  [['-', 'f', 'c++'], 'en'],
])('speechFor_picks: %j → %s', (wanted, language) => expect(speechFor(policy, wanted).language).toBe(language));

test('speechFor_takesARegionWhereOnlyThatIsOffered', () => {
  expect(speechFor(offered('en', 'pt-BR'), ['pt']).language).toBe('pt-BR');
  expect(speechFor(offered('en', 'pt', 'pt-BR'), ['pt-BR']).language).toBe('pt-BR');
});

test('speechFor_knowsDirection', () => {
  expect(speechFor(policy, ['ar-EG']).direction).toBe('rtl');
  expect(speechFor(policy, ['fr']).direction).toBe('ltr');
});

test('fill_leavesWhatItDoesNotKnow', () => {
  expect(fill('{a} and {b} and {a}', { a: 'x' })).toBe('x and {b} and x');
  expect(fill('{a}', { a: '{b}', b: 'no' })).toBe('{b}');
});

test('purposeText_fallsBackToTheId', () => {
  expect(purposeText(english.texts, 'analytics').name).toBe('Visitor statistics');
  expect(purposeText(english.texts, 'heatmaps')).toEqual({ name: 'heatmaps', description: '' });
});

test.each([
  ['P1D', '1 day'],
  ['P13M', '13 months'],
  ['P1Y6M', '1 year 6 months'],
  ['PT30M', '30 minutes'],
  ['session', 'Until you close the browser'],
  ['a while', 'a while'],
  ['P', 'P'],
])('lifetime_inWords: %s → %s', (value, words) => expect(lifetime(value, 'en', builtIn('en').details)).toBe(words));

test('lifetime_inTheLanguageShown', () => expect(lifetime('P2Y', 'de', builtIn('en').details)).toBe('2 Jahre'));

test('day_inTheLanguageShown', () => expect(day(1763805603, 'fr')).toBe('22 novembre 2025'));

const files = readdirSync(new URL('../../../src/main/resources/dev/assent/site/texts/', import.meta.url));

test.each(files.map((file) => file.slice(0, -5)))('builtIn_isComplete: %s', (language) => {
  const [wanted, has] = [leaves(builtIn('en')), leaves(builtIn(language))];
  expect(Object.keys(has)).toEqual(Object.keys(wanted));
  for (const [key, text] of Object.entries(has)) {
    expect(text.trim(), key).toBe(text);
    expect(text, key).not.toBe('');
    expect(placeholders(text), key).toEqual(placeholders(wanted[key]!));
  }
});

function leaves(value: object, path = ''): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, it]) => (typeof it === 'string' ? { [path + key]: it } : leaves(it, `${path}${key}.`))),
  );
}

function placeholders(text: string): string[] {
  return (text.match(/\{\w+\}/g) ?? []).sort();
}
