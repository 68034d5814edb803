// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { button, element } from '../element';
import type { Scene } from '../scene';
import { eraseRecords } from './api';
import type { DetailTexts } from './artefact';
import { keysOf, lastOf, secretOf } from './visitor';

/**
 * Erasing the visitor's own records, in two steps in one place. The first lays focus on what keeps
 * them, so that Enter pressed twice erases nothing; a failure is said where the visitor looks.
 *
 * @param done after the erasure, when the preferences are closed
 */
export function drawErasure(scene: Scene, texts: DetailTexts, done: () => void): HTMLElement {
  let busy = false;
  const said = element('p', { role: 'status' });
  const begin = button('erase', 'quiet', texts.erase, () => ask(true));
  const about = element('p', { id: 'assent-erase-about' }, texts.eraseAbout);
  const confirm = button('erase-confirm', 'solid', texts.eraseConfirm, () => void carryOut());
  const cancel = button('erase-cancel', 'quiet', texts.eraseCancel, () => busy || ask(false));
  cancel.setAttribute('aria-describedby', about.id);
  const question = element('div', { hidden: '' }, about, element('div', { class: 'assent-pair' }, confirm, cancel));

  function ask(open: boolean): void {
    said.textContent = '';
    question.hidden = !open;
    begin.hidden = open;
    const target = open ? cancel : begin;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: 'nearest' });
  }

  function work(on: boolean): void {
    busy = on;
    for (const it of [confirm, cancel]) it.setAttribute('aria-disabled', `${on}`);
    question.setAttribute('aria-busy', `${on}`);
  }

  async function carryOut(): Promise<void> {
    if (busy) return;
    work(true);
    said.textContent = '';
    const gone = await eraseAll(scene);
    work(false);
    if (gone) {
      // Other tabs look up when a key goes: by then the cookie is gone.
      scene.reset(texts.erased);
      for (const key of keysOf(scene)) scene.store.remove(key);
      done();
    } else {
      said.textContent = texts.eraseFailed;
      said.scrollIntoView({ block: 'nearest' });
    }
  }

  return element('div', { class: 'assent-part', 'data-assent': 'erasure' }, begin, question, said);
}

/**
 * Erases on the service. What is on its way is let arrive first; what cannot be sent now
 * is laid aside, and back again if the service does not answer. A choice made meanwhile goes too.
 *
 * @returns whether nothing is left there; else all is as it was
 */
async function eraseAll(scene: Scene): Promise<boolean> {
  const { base, policy, store, outbox } = scene;
  const secret = secretOf(scene);
  let last: string | null | undefined;
  do {
    last = lastOf(scene);
    await outbox.quiet();
    const aside = keysOf(scene, 'outbox.').map((key) => [key, store.get(key) ?? ''] as const);
    for (const [key] of aside) store.remove(key);
    if (secret && !(await eraseRecords(base, policy.site, secret))) {
      for (const [key, body] of aside) store.set(key, body);
      outbox.flush();
      return false;
    }
  } while (lastOf(scene) !== last);
  return true;
}
