// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { button, element } from './element';
import { fill, purposeText, type Speech } from './text';

/**
 * Puts a placeholder of the frame's own size before it and hides the frame. The returned function
 * takes it away.
 */
export function coverFrame(frame: HTMLElement, ids: string[], { language, direction, texts }: Speech, letGo: () => void, choose: () => void): () => void {
  const { offsetWidth: width, offsetHeight: height } = frame;
  const { position, inset } = getComputedStyle(frame);
  const purpose = ids.map((id) => purposeText(texts, id).name).join(', ');
  const cover = element(
    'div',
    { class: 'assent-frame', lang: language, dir: direction, 'data-assent': 'placeholder' },
    element('p', {}, fill(texts.frame, { purpose, host: hostOf(frame.dataset.src) })),
    element(
      'div',
      { class: 'assent-actions' },
      button('allow-once', 'solid', texts.allowOnce, letGo),
      button('choose', 'quiet', texts.choose, choose),
    ),
  );
  const style = cover.style;
  if (width) style.setProperty('width', `${width}px`, 'important');
  if (height) style.setProperty('min-height', `${height}px`, 'important');
  // The usual wrapper of fixed proportions stretches its frame over itself: so the placeholder too.
  if (position === 'absolute') for (const [name, value] of [['position', position], ['inset', inset]] as const) style.setProperty(name, value, 'important');
  frame.before(cover);
  frame.setAttribute('data-assent-held', '');
  return () => {
    cover.remove();
    frame.removeAttribute('data-assent-held');
  };
}

function hostOf(address: string | undefined): string {
  try {
    return new URL(address ?? '', location.href).hostname;
  } catch {
    return '';
  }
}
