// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Announce } from '../signals';
import { consentTypes } from '../signals';
import type { Choices, Payload } from '../types';

interface Queues {
  uetq?: { push(...command: unknown[]): void };
  clarity?: { (...command: unknown[]): void; q?: unknown[] };
  /** Matomo's own object in place of the array, once its tracker is there. */
  _paq?: string[][] | { push(command: string[]): void };
}

const page = window as unknown as Queues;

/** What Microsoft's and Matomo's tags are told: from the same consent types as Google's. Silent unless asked for. */
export function openTags(policy: Payload): Announce {
  const tags = [policy.microsoftConsentMode && openMicrosoft(policy), policy.matomo && openMatomo(policy)];
  return (choices) => tags.forEach((tell) => tell && tell(choices));
}

/** UET: a default, then one update per decision. Clarity knows only the state that holds. */
function openMicrosoft(policy: Payload): (choices: Choices) => void {
  const tell = (phase: string, choices: Choices) => {
    const { ad_storage, analytics_storage } = consentTypes(policy, choices);
    (page.uetq ??= [] as unknown[]).push('consent', phase, { ad_storage });
    clarity('consentv2', { ad_Storage: ad_storage, analytics_Storage: analytics_storage });
  };
  tell('default', {});
  return (choices) => tell('update', choices);
}

/** Calls Clarity, or leaves the call where its tag looks for it: the stub of Microsoft's own snippet. */
function clarity(...command: unknown[]): void {
  page.clarity ??= function stub() {
    (page.clarity!.q ??= []).push(arguments);
  };
  page.clarity(...command);
}

/** Matomo requests nothing until `analytics_storage` is granted, and nothing any more when it is withdrawn. */
function openMatomo(policy: Payload): (choices: Choices) => void {
  const tell = (word: string) => {
    const queue = (page._paq ??= []);
    // The tracker takes `setConsentGiven` before all else, wherever it stands: of those still waiting the last alone may stay.
    if (Array.isArray(queue)) {
      const others = queue.filter(([it]) => !/^(set|forget)ConsentGiven$/.test(it!));
      queue.splice(0, queue.length, ...others);
    }
    queue.push([word]);
  };
  tell('requireConsent');
  return (choices) => tell(consentTypes(policy, choices).analytics_storage === 'granted' ? 'setConsentGiven' : 'forgetConsentGiven');
}
