// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Answers, drawMark, drawNotes, type State } from './banner';
import { button, element, link, listen } from './element';
import { day, fill, purposeText, type Speech } from './text';
import type { Payload, Purpose } from './types';

/**
 * The second layer: a modal dialog with a switch per purpose, on the state as it is, never a
 * default. Closing it, by button, Esc or the backdrop, changes nothing. It stands without the
 * network; `details/` adds what needs it.
 *
 * @param record address of the record's page; none: not recorded yet
 */
export function drawPreferences(
  policy: Payload,
  speech: Speech,
  controller: string,
  state: State,
  record: string | false | undefined,
  answers: Answers & { save(wanted: Record<string, boolean>): void; withdraw(): void },
): HTMLDialogElement {
  const { texts, language } = speech;
  const switches = new Map<string, HTMLInputElement>();
  const close = (): void => dialog.close();
  const optionalOn = policy.purposes.some(({ id, required }) => !required && state.choices[id]);
  const saved = () => answers.save(Object.fromEntries([...switches].map(([id, { checked }]) => [id, checked])));

  const closer = button('close', 'close', '×', close);
  closer.setAttribute('aria-label', texts.close);

  const dialog: HTMLDialogElement = element(
    'dialog',
    { 'data-assent': 'preferences', 'aria-label': texts.preferencesTitle },
    element(
      'div',
      { class: 'assent-head' },
      element('h2', { tabindex: '-1', autofocus: '' }, texts.preferencesTitle),
      closer,
    ),
    element(
      'div',
      { class: 'assent-words' },
      element('p', {}, fill(texts.preferencesBody, { controller }), ' ', link('privacy', texts.privacyPolicy, policy.privacyPolicyUrl)),
      ...drawNotes(speech, state, true),
      element(
        'p',
        { class: 'assent-note', 'data-assent': 'state' },
        state.stored && !state.due ? fill(texts.decided, { date: day(state.stored.decidedAt, language) }) : texts.undecided,
        ' ',
        link('record', texts.record, record),
        ' ',
        optionalOn && button('withdraw', 'plain', texts.withdraw, answers.withdraw),
      ),
      ...policy.purposes.map((purpose, at) => drawPurpose(purpose, `assent-${at}`, speech, state, switches)),
    ),
    policy.asks > 0 && element(
      'div',
      { class: 'assent-actions' },
      button('accept-all', 'quiet', texts.acceptAll, answers.acceptAll),
      button('reject-all', 'quiet', texts.rejectAll, answers.rejectAll),
      button('save', 'solid', texts.save, saved),
    ),
  );
  // The backdrop belongs to the dialog: a click there hits the dialog itself, not a part of it.
  listen(dialog, 'click', ({ target }: Event) => target === dialog && close());
  return dialog;
}

function drawPurpose(purpose: Purpose, about: string, speech: Speech, { choices, changed }: State, switches: Map<string, HTMLInputElement>): HTMLElement {
  const { texts } = speech;
  const { name, description } = purposeText(texts, purpose.id);
  const input = element('input', {
    type: 'checkbox',
    role: 'switch',
    name: purpose.id,
    'data-assent': 'switch',
    'aria-describedby': about,
    disabled: purpose.required && '',
  });
  input.checked = choices[purpose.id] === true;
  if (!purpose.required) switches.set(purpose.id, input);
  return element(
    'div',
    { class: 'assent-purpose' },
    element('label', {}, element('b', {}, name), purpose.required ? element('i', {}, texts.alwaysOn) : drawMark(changed(purpose), speech), input),
    element('p', { id: about }, description),
  );
}
