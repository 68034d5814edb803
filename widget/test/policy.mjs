// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';

const TEXTS = new URL('../../src/main/resources/dev/assent/site/texts/', import.meta.url);

/** The built-in texts of one language. */
export function builtIn(language) {
  return JSON.parse(readFileSync(new URL(`${language}.json`, TEXTS), 'utf8'));
}

/** A payload as the service sends it: three purposes, one language. */
export function samplePolicy({ languages = ['en'], ...other } = {}) {
  const texts = Object.fromEntries(
    languages.map((language) => {
      const { purposes, ...rest } = builtIn(language);
      const { session, theme, analytics } = purposes;
      return [language, { ...rest, purposes: { session, theme, analytics } }];
    }),
  );
  return {
    site: 'k7Q2mZ0pRb',
    version: 12,
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    asks: 11,
    maxAgeSeconds: 15638400,
    privacyPolicyUrl: 'https://shop.example/privacy',
    controller: { name: 'Linden & Sons', address: '4 Mill Lane, Aarhus', contact: 'privacy@shop.example' },
    reloadOnWithdrawal: true,
    googleConsentMode: false,
    ruleset: 'opt-in',
    purposes: [
      { id: 'session', required: true, trackers: [{ name: 'shop-session', type: 'cookie', lifetime: 'session' }] },
      { id: 'theme', required: false, trackers: [{ name: 'theme', type: 'localStorage', lifetime: 'P1Y' }] },
      {
        id: 'analytics',
        required: false,
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
}

/** The script as the service puts it together. */
export function script(policy) {
  const body = readFileSync(new URL('../dist/assent.js', import.meta.url), 'utf8');
  return `(function(assentPolicy){${body}\n})(${JSON.stringify(policy)});\n`;
}
