// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { expect, test } from 'vitest';
import type { Artefact, DeclaredPurpose } from '../../src/details/artefact';
import { changesBetween } from '../../src/details/changes';
import { samplePolicy } from '../policy.mjs';

const now = samplePolicy() as unknown as Artefact;
const plain = (texts: string[]) => texts.map((text) => text.replace(/[\u2068\u2069]/g, ''));

/** What comes when the sample's purposes become these, in version 13. */
function changes(purposes: DeclaredPurpose[], other: Partial<Artefact> = {}) {
  const { added, changed, removed } = changesBetween(now, { ...now, version: 13, purposes, ...other }, 'en');
  return { added: plain(added), changed: plain(changed), removed: plain(removed) };
}

const NOTHING = { added: [], changed: [], removed: [] };
const [session, theme, analytics] = now.purposes as [DeclaredPurpose, DeclaredPurpose, DeclaredPurpose];

test('sameDocument_hasNoChanges', () => expect(changes(now.purposes)).toEqual(NOTHING));

test('orderOfWhatIsDeclared_isNoChange', () =>
  expect(changes([session, { ...analytics, trackers: [...analytics.trackers!].reverse().map((it) => Object.fromEntries(Object.entries(it).reverse()) as never) }, theme])).toEqual(NOTHING));

test('whatIsFalseOrEmpty_isAsIfItWereAbsent', () =>
  expect(changes([session, { ...theme, hosts: [], saleOrShare: false }, analytics])).toEqual(NOTHING));

test('purposes_comeAndGoByName', () =>
  expect(changes([session, analytics, { id: 'maps' }])).toEqual({ added: ['maps'], changed: [], removed: ['Appearance'] }));

test('trackers_comeAndGoWithTheirPurpose', () =>
  expect(changes([session, theme, { ...analytics, trackers: [analytics.trackers![0]!, { name: '_hj', type: 'cookie', match: 'prefix' }] }])).toEqual({
    added: ['_hj* (Visitor statistics)'],
    changed: ['Visitor statistics'],
    removed: ['_ga_* (Visitor statistics)'],
  }));

test.each<Partial<DeclaredPurpose>>([{ hosts: ['example.com'] }, { signals: ['ad_storage'] }, { required: true }, { saleOrShare: true }, { dpv: ['dpv:Marketing'] }, { since: 13 }])('purposeChanges_by: %j', (by) =>
  expect(changes([session, { ...theme, ...by }, analytics])).toEqual({ added: [], changed: ['Appearance'], removed: [] }));

test('longerLifetime_isAChange', () =>
  expect(changes([session, { ...theme, trackers: [{ name: 'theme', type: 'localStorage', lifetime: 'P2Y' }] }, analytics]).changed).toEqual(['Appearance']));

test('newWords_areAChangeUnderTheirNewName', () => {
  const { en } = now.texts;
  const texts = { en: { ...en!, purposes: { ...en!.purposes, theme: { name: 'Look', description: 'Remembers the look.' } } } };
  expect(changes(now.purposes, { texts }).changed).toEqual(['Look']);
});
