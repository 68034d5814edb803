// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { element, link } from '../element';
import type { Scene } from '../scene';
import { day, fill } from '../text';
import type { Notice } from '../types';
import { type Artefact, wordsIn } from './artefact';
import { changesBetween } from './changes';
import { joined } from './names';
import { showRegion } from './region';

/**
 * Announces a coming version: when, what is new, changed or gone, and whether it will be asked. Once
 * read it does not come back.
 */
export function showNotice({ policy, speech, controller, store }: Scene, { version, at }: Notice, now: Artefact, next: Artefact): void {
  const { language, texts } = speech;
  const { details: words } = wordsIn(now, language);
  const { added, changed, removed } = changesBetween(now, next, language);
  const line = (text: string, names: string[]) => names.length > 0 && element('li', {}, fill(text, { names: joined(names, language) }));
  const lines = [line(words.noticeAdded, added), line(words.noticeChanged, changed), line(words.noticeRemoved, removed)].filter((it) => it !== false);
  showRegion(
    'notice',
    words.noticeTitle,
    words.noticeClose,
    () => store.set(`assent.${policy.site}.notice`, `${version}`),
    element('h2', {}, words.noticeTitle),
    element('p', {}, fill(words.notice, { date: day(at, language), controller })),
    lines.length > 0 && element('ul', {}, ...lines),
    element('p', {}, next.material && `${words.noticeAsks} `, link('privacy', texts.privacyPolicy, policy.privacyPolicyUrl)),
  );
}
