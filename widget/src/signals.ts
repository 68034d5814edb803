// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Cause, Choices, Payload } from './types';

/** Google's seven consent types; all but `security_storage` begin denied. */
const TYPES = 'ad_storage ad_user_data ad_personalization analytics_storage functionality_storage personalization_storage security_storage'.split(' ');

/** What Google's tags are told. A type is granted when some granted purpose names it. */
export function consentTypes({ purposes }: Payload, choices: Choices): Record<string, 'granted' | 'denied'> {
  const granted = purposes.filter(({ id }) => choices[id]).flatMap(({ signals }) => signals ?? []);
  return Object.fromEntries(
    TYPES.map((type) => [type, type === 'security_storage' || granted.includes(type) ? 'granted' : 'denied']),
  );
}

/** Tells the page's tags of a decision; `cause` as in `assent:change`. */
export type Announce = (choices: Choices, cause: Cause) => void;

/**
 * Google Consent Mode v2: the default before any tag, then one update per decision, and an event
 * after it for whoever waits for the answer itself. Silent unless asked for.
 */
export function openSignals(policy: Payload): Announce {
  if (!policy.googleConsentMode) return () => {};
  const push = (entry: unknown) => ((window as unknown as { dataLayer?: unknown[] }).dataLayer ??= []).push(entry);
  // Google's tags know commands by their being `arguments`; an array is taken for data.
  function gtag(..._command: unknown[]): void {
    push(arguments);
  }
  gtag('consent', 'default', { ...consentTypes(policy, {}), wait_for_update: 500 });
  return (choices, cause) => {
    gtag('consent', 'update', consentTypes(policy, choices));
    push({ event: 'assent_change', assent_choices: choices, assent_cause: cause });
  };
}
