// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { recordAddress } from '../api';
import { element, guarded, link } from '../element';
import type { Scene } from '../scene';
import { day, fill } from '../text';
import type { DetailTexts } from './artefact';

/**
 * The record of the choice that is kept here: its number, how long it holds, its page and receipt.
 * While the choice is on its way that is said in the links' place, which is as large: nothing moves
 * when it arrives.
 */
export function drawRecord({ base, policy, speech, stored, outbox }: Scene, dialog: HTMLElement, texts: DetailTexts): HTMLElement | false {
  if (!stored) return false;
  const { id, version, decidedAt } = stored;
  const address = recordAddress(base, id);
  const links = element(
    'div',
    {},
    element(
      'p',
      { class: 'assent-links' },
      !dialog.querySelector('[data-assent=record]') && link('record', speech.texts.record, address),
      link('receipt', texts.receipt, `${address}/receipt`),
    ),
    element('p', {}, texts.receiptAbout),
  );
  const pending = element('p', { 'data-assent': 'pending', role: 'status' }, texts.pending);
  const show = (recorded: boolean): void => {
    links.toggleAttribute('hidden', !recorded);
    pending.toggleAttribute('hidden', recorded);
  };
  show(!outbox.has(id));
  whenRecorded(id, dialog, () => show(true));
  const number = element('p', {}, ...around(texts.recordId, element('bdi', {}, id)));
  const until = decidedAt + policy.maxAgeSeconds;
  return element(
    'div',
    { class: 'assent-part', 'data-assent': 'your-record' },
    number,
    version >= policy.asks && element('p', {}, fill(texts.validUntil, { date: day(until, speech.language) })),
    element('div', { class: 'assent-either' }, links, pending),
  );
}

/** The text with the number in its place, kept together by itself in any direction of writing. */
function around(text: string, id: HTMLElement): (Node | string)[] {
  const [before = '', after = ''] = text.split('{id}');
  return [before, id, after];
}

/** Hears of the choice's arrival as long as the dialog stands. */
function whenRecorded(id: string, dialog: HTMLElement, act: () => void): void {
  const hear = guarded((event: Event) => (event as CustomEvent<{ id: string }>).detail.id === id && act());
  document.addEventListener('assent:recorded', hear);
  dialog.addEventListener('close', () => document.removeEventListener('assent:recorded', hear), { once: true });
}
