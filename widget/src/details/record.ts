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
  const shown = dialog.querySelector('[data-assent=record]');
  const block = (pages: (Node | string)[], attributes = {}) =>
    element('div', attributes, element('p', { class: 'assent-links' }, ...pages), element('p', {}, texts.receiptAbout));
  const links = block([shown ? '' : link('record', speech.texts.record, address), link('receipt', texts.receipt, `${address}/receipt`)]);
  const either = element('div', { class: 'assent-either' }, links);
  if (outbox.has(id)) {
    const room = block([element('span', {}, speech.texts.record), element('span', {}, texts.receipt)], { hidden: '' });
    either.replaceChildren(room, element('p', { 'data-assent': 'pending', role: 'status' }, texts.pending));
    whenRecorded(id, dialog, () => either.replaceChildren(links));
  }
  return element(
    'div',
    { class: 'assent-part', 'data-assent': 'your-record' },
    element('p', {}, ...around(texts.recordId, element('bdi', {}, id))),
    version >= policy.asks && element('p', {}, fill(texts.validUntil, { date: day(decidedAt + policy.maxAgeSeconds, speech.language) })),
    either,
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
