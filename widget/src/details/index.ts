// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The second part: what the preferences show beyond the switches. It is brought when somebody is
// about to look at it, and hands its functions over on its own script element.

import type { Details } from '../scene';
import { fetchArtefact } from './api';
import { applyDetailStyle } from './sheet';
import { drawTrackers } from './trackers';
import { purposeText } from '../text';

const details: Details = {
  async enrich({ base, policy, speech }, dialog) {
    const artefact = await fetchArtefact(base, policy.sha256);
    if (!artefact) return false;
    applyDetailStyle();
    const words = (artefact.texts[speech.language] ?? artefact.texts[artefact.defaultLanguage])!.details;
    const blocks = dialog.querySelectorAll('.assent-purpose');
    artefact.purposes.forEach((purpose, at) =>
      blocks[at]?.append(drawTrackers(purpose, purposeText(speech.texts, purpose.id).name, speech.language, words) || ''),
    );
    return true;
  },
  announce() {},
};

(document.currentScript as HTMLScriptElement & { assent?: Details }).assent = details;
