// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { button, element, listen } from '../element';

/**
 * A small box at the edge of the page, across from the way back: not modal, takes no focus, first
 * in the order of the keyboard. What the browser scrolls into view stays clear of it.
 *
 * @param closed when the visitor has sent it away
 */
export function showRegion(hook: string, heading: string, close: string, closed: () => void, ...content: (Node | string | false)[]): void {
  const root = document.getElementById('assent');
  const dialog = root?.querySelector<HTMLDialogElement>('dialog[open]');
  // Never over what the visitor has opened: afterwards.
  if (dialog) {
    listen(dialog, 'close', () => showRegion(hook, heading, close, closed, ...content));
    return;
  }
  const { style } = document.documentElement;
  const other = root?.querySelector('.assent-region');
  if (other) style.scrollPaddingBottom = '';
  other?.remove();
  const before = style.scrollPaddingBottom;
  const closer = button('notice-close', 'quiet', close, () => {
    const seen = closer.matches(':focus-visible');
    region.remove();
    style.scrollPaddingBottom = before;
    // Focus that was to be seen goes on to the way back, as after an answer.
    if (seen) root?.querySelector<HTMLElement>('[data-assent=reopen]')?.focus({ preventScroll: true });
    closed();
  });
  const region = element(
    'div',
    { role: 'region', 'aria-label': heading, class: 'assent-region', 'data-assent': hook, popover: 'manual' },
    element('div', { class: 'assent-words' }, ...content),
    element('div', { class: 'assent-actions' }, closer),
  );
  root?.prepend(region);
  try {
    region.showPopover();
  } catch {
    // Without popovers it is an ordinary fixed element.
  }
  style.scrollPaddingBottom = `${region.offsetHeight + 32}px`;
}
