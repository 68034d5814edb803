// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { button, element } from './element';
import { fill, purposeText, type Speech } from './text';

/**
 * Puts a placeholder of the frame's own size before it and hides the frame. The returned function
 * takes it away.
 */
export function coverFrame(frame: HTMLElement, ids: string[], { language, direction, texts }: Speech, letGo: () => void, choose: () => void): () => void {
  const { offsetWidth, offsetHeight } = frame;
  const { position } = getComputedStyle(frame);
  const purpose = ids.map((id) => purposeText(texts, id).name).join(', ');
  const cover = element(
    'div',
    { class: 'assent-frame', lang: language, dir: direction, 'data-assent': 'placeholder' },
    element('p', {}, fill(texts.frame, { purpose, host: element('a', { href: frame.dataset.src }).hostname })),
    element(
      'div',
      { class: 'assent-actions' },
      button('allow-once', 'solid', texts.allowOnce, letGo),
      button('choose', 'quiet', texts.choose, choose),
    ),
  );
  // The usual wrapper of fixed proportions stretches its frame over itself: so the placeholder too.
  cover.style.cssText = `width:${offsetWidth}px!important;min-height:${offsetHeight}px!important;${position === 'absolute' ? 'position:absolute!important;inset:0!important' : ''}`;
  frame.replaceWith(cover, frame); // Put there anew, it has no history: going back cannot bring back what it showed.
  frame.setAttribute('data-assent-held', '');
  return () => {
    cover.remove();
    frame.removeAttribute('data-assent-held');
  };
}
