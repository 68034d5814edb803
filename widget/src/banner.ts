// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { button, element, link } from './element';
import { day, fill, purposeText, type Speech } from './text';
import type { Choices, Payload, Purpose, StoredChoice } from './types';

/** What a visitor is asked about, and what holds meanwhile. */
export interface State {
  choices: Choices;
  /** Absent: never answered, or too long ago. */
  stored: StoredChoice | undefined;
  /** It is asked again, for something has changed since `stored`. */
  due: boolean;
  changed(purpose: Purpose): boolean;
  /** The browser sends Global Privacy Control. */
  gpc: boolean;
}

/** What the buttons of both layers do. */
export interface Answers {
  acceptAll(): void;
  rejectAll(): void;
}

/**
 * The first layer: what is asked, for which purposes, and three buttons. Accept and reject are
 * alike in every respect. Not modal, takes no focus; Esc and clicks elsewhere mean nothing.
 */
export function drawBanner(policy: Payload, speech: Speech, controller: string, state: State, answers: Answers & { choose(): void }): HTMLElement {
  const { texts } = speech;
  const asked = policy.purposes
    .filter(({ required }) => !required)
    .map((purpose) => {
      const { name, description } = purposeText(texts, purpose.id);
      return element('li', {}, element('b', {}, name, ' ', drawMark(state.changed(purpose), speech)), ' ', description);
    });
  return element(
    'section',
    { role: 'region', 'aria-label': texts.title, 'data-assent': 'banner' },
    element(
      'div',
      { class: 'assent-words' },
      element('h2', {}, texts.title),
      element('p', {}, fill(texts.body, { controller }), ' ', link('privacy', texts.privacyPolicy, policy.privacyPolicyUrl)),
      ...drawNotes(speech, state, policy.purposes.some(({ sale }) => sale)),
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

/** Why it is asked again, and that the browser's own request is honoured. */
export function drawNotes({ texts, language }: Speech, { stored, due, gpc }: State, sale: boolean): (HTMLElement | false)[] {
  return [
    due &&
      !!stored &&
      element('p', { class: 'assent-note', 'data-assent': 'changed' }, fill(texts.changed, { date: day(stored.decidedAt, language) }), ' ', texts.changes),
    gpc && sale && element('p', { class: 'assent-note', 'data-assent': 'gpc' }, texts.gpc),
  ];
}

/** Beside the name of a purpose that is new or changed. */
export function drawMark(changed: boolean, { texts }: Speech): HTMLElement | false {
  return changed && element('i', {}, texts.isChanged);
}
