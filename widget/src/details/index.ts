// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The second part: what the preferences show beyond the switches, and what a coming version will
// change. It is brought when somebody opens them, and hands its functions over on its
// own script element.

import { element } from '../element';
import type { Details, Scene } from '../scene';
import { purposeText } from '../text';
import { fetchArtefact } from './api';
import { type Artefact, wordsIn } from './artefact';
import { drawController } from './controller';
import { drawErasure } from './erasure';
import { drawHistory } from './history';
import { showNotice } from './notice';
import { drawRecord } from './record';
import { showRegion } from './region';
import { applyDetailStyle } from './sheet';
import { drawTrackers } from './trackers';
import { secretOf } from './visitor';

const read = new Map<string, Artefact>();

/** The artefact, once it could be had; nothing as long as it cannot. */
async function artefactOf(base: string, sha256: string): Promise<Artefact | undefined> {
  const found = read.get(sha256) ?? (await fetchArtefact(base, sha256));
  if (found) read.set(sha256, found);
  return found;
}

/** Each purpose's trackers into the room below it, all else behind the last. */
function fill(scene: Scene, dialog: HTMLElement, artefact: Artefact): void {
  const { policy, speech } = scene;
  const { details: texts } = wordsIn(artefact, speech.language);
  const secret = secretOf(scene);
  const blocks = dialog.querySelectorAll('.assent-purpose');
  const drawn = policy.purposes.map(({ id }) => {
    const purpose = artefact.purposes.find((it) => it.id === id) ?? { id };
    return drawTrackers(purpose, purposeText(speech.texts, id).name, speech.language, texts);
  });
  const rest = [
    artefact.controller && drawController(artefact.controller, texts.responsible),
    drawRecord(scene, dialog, texts),
    secret && drawHistory(scene, secret, texts),
    secret && drawErasure(scene, texts, () => showRegion('erased', texts.erased, texts.noticeClose, () => {}, element('p', {}, texts.erased))),
  ];
  // Only now, that nothing can fail any more, is anything changed.
  applyDetailStyle();
  drawn.forEach((it, at) => blocks[at]?.append(it));
  dialog.querySelector('.assent-words')?.append(...rest.map((it) => it || ''));
}

const details: Details = {
  async enrich(scene, dialog) {
    try {
      const artefact = await artefactOf(scene.base, scene.policy.sha256);
      if (artefact) fill(scene, dialog, artefact);
      return !!artefact;
    } catch (failure) {
      console.error('assent:', failure);
      return false;
    }
  },
  async announce(scene) {
    try {
      const { base, policy } = scene;
      const { notice, sha256 } = policy;
      if (!notice || Date.now() / 1000 >= notice.at) return;
      const [now, next] = await Promise.all([artefactOf(base, sha256), artefactOf(base, notice.sha256)]);
      if (!now || !next) return;
      applyDetailStyle();
      showNotice(scene, notice, now, next);
    } catch (failure) {
      console.error('assent:', failure);
    }
  },
};

(document.currentScript as HTMLScriptElement & { assent?: Details }).assent = details;
