// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { button, element, link } from './element';
import { fill, purposeText, type Speech } from './text';
import type { Payload } from './types';

/** What the buttons of both layers do. */
export interface Answers {
  acceptAll(): void;
  rejectAll(): void;
}

/**
 * The first layer: what is asked, for which purposes, and three buttons. Accept and reject are
 * alike in every respect. Not modal, takes no focus; Esc and clicks elsewhere mean nothing.
 */
export function drawBanner(policy: Payload, { texts }: Speech, controller: string, answers: Answers & { choose(): void }): HTMLElement {
  const asked = policy.purposes
    .filter(({ required }) => !required)
    .map(({ id }) => {
      const { name, description } = purposeText(texts, id);
      return element('li', {}, element('b', {}, name), ' ', description);
    });
  return element(
    'section',
    { role: 'region', 'aria-label': texts.title, 'data-assent': 'banner' },
    element(
      'div',
      { class: 'assent-words' },
      element('h2', {}, texts.title),
      element('p', {}, fill(texts.body, { controller }), ' ', link('privacy', texts.privacyPolicy, policy.privacyPolicyUrl)),
      asked.length > 0 && element('ul', {}, ...asked),
    ),
    element(
      'div',
      { class: 'assent-actions' },
      button('accept-all', 'solid', texts.acceptAll, answers.acceptAll),
      button('reject-all', 'solid', texts.rejectAll, answers.rejectAll),
      button('choose', 'quiet', texts.choose, answers.choose),
    ),
  );
}
