// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const TEXTS = new URL('../../src/main/resources/dev/assent/site/texts/', import.meta.url);
const dist = (name) => readFileSync(new URL(`../dist/${name}`, import.meta.url), 'utf8');

/** The built-in texts of one language. */
export function builtIn(language) {
  return JSON.parse(readFileSync(new URL(`${language}.json`, TEXTS), 'utf8'));
}

/**
 * A policy as the service keeps it, artefact and payload in one: three purposes, one language.
 * {@link artefactOf} and {@link script} take from it what each side sees.
 */
export function samplePolicy({ languages = ['en'], ...other } = {}) {
  const texts = Object.fromEntries(
    languages.map((language) => {
      const { purposes, ...rest } = builtIn(language);
      const { session, theme, analytics } = purposes;
      return [language, { ...rest, purposes: { session, theme, analytics } }];
    }),
  );
  const policy = {
    site: 'k7Q2mZ0pRb',
    version: 12,
    asks: 11,
    material: true,
    lifetime: 'P6M',
    maxAgeSeconds: 15638400,
    privacyPolicyUrl: 'https://shop.example/privacy',
    controller: { name: 'Linden & Sons', address: '4 Mill Lane, Aarhus', contact: 'privacy@shop.example' },
    reloadOnWithdrawal: true,
    googleConsentMode: false,
    ruleset: 'opt-in',
    purposes: [
      { id: 'session', required: true, since: 1, trackers: [{ name: 'shop-session', type: 'cookie', lifetime: 'session' }] },
      { id: 'theme', required: false, since: 11, trackers: [{ name: 'theme', type: 'localStorage', lifetime: 'P1Y' }] },
      {
        id: 'analytics',
        required: false,
        since: 11,
        signals: ['analytics_storage'],
        trackers: [
          { name: '_ga', type: 'cookie', provider: 'Google Ireland', lifetime: 'P13M', thirdParty: true },
          { name: '_ga_*', type: 'cookie', provider: 'Google Ireland', lifetime: 'P13M', match: 'prefix', thirdParty: true },
        ],
      },
    ],
    defaultLanguage: 'en',
    texts,
    appearance: { position: 'bottom', accent: '#0f4c5c', radius: 8, reopen: 'floating' },
    ...other,
  };
  return { sha256: hashOf(policy), ...policy };
}

/** The document in the log. */
export function artefactOf({ sha256, maxAgeSeconds, notice, ...document }) {
  return JSON.stringify(document);
}

/** Its name there. */
export function hashOf(policy) {
  return createHash('sha256').update(artefactOf(policy)).digest('hex');
}

/** What the script carries, as the service's `ScriptPayload` makes it: nothing that the widget does not read or takes for granted. */
export function payloadOf({ material, lifetime, ruleset, controller, purposes, texts, appearance, ...policy }) {
  const { asks } = policy;
  const told = policy.googleConsentMode || policy.microsoftConsentMode || policy.matomo;
  return lean({
    ...policy,
    controller: controller && { name: controller.name },
    purposes: purposes?.map(({ dpv, since, signals, trackers = [], ...purpose }) =>
      lean({
        ...purpose,
        signals: told && signals,
        since: since !== asks && since,
        trackers: trackers
          .filter(({ type }) => type !== 'script' && type !== 'pixel')
          .map(({ provider, lifetime: kept, thirdParty, match, ...tracker }) => lean({ ...tracker, match: match === 'prefix' && match })),
      }),
    ),
    texts: Object.fromEntries(Object.entries(texts).map(([language, { details, ...core }]) => [language, core])),
    appearance: appearance && lean(Object.fromEntries(Object.entries(appearance).filter(([name, value]) => value !== DEFAULTS[name]))),
  });
}

const DEFAULTS = { position: 'bottom', accent: '#0f4c5c', radius: 8, reopen: 'floating' };

/** Without what is false, empty or absent. */
function lean(object) {
  const says = (value) => value !== undefined && value !== false && !(value && typeof value === 'object' && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(object).filter(([, value]) => says(value)));
}

/** The script as the service puts it together. */
export function script(policy) {
  const full = policy.microsoftConsentMode || policy.matomo || policy.countShown || policy.sampleUndeclared || policy.purposes?.some(({ hosts }) => hosts?.length);
  return `//# allFunctionsCalledOnLoad\n(function(assentPolicy){${dist(full ? 'assent-full.js' : 'assent.js')}\n})(${JSON.stringify(payloadOf(policy))});\n`;
}

/** The second part. */
export function detailsScript() {
  return dist('details.js');
}

/** The name it is asked for. */
export function detailsHash() {
  return createHash('sha256').update(detailsScript()).digest('hex');
}
