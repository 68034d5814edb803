// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { afterPaint, button, element } from './element';
import { applyStyle } from './sheet';
import type { Speech } from './text';
import type { Payload } from './types';

/** How often the stage is put back when the page's own framework throws it away. A blocker may have its way. */
const RETURNS = 5;

/** The one place in the page that is ours: `#assent`, first in the body. */
export interface Stage {
  /** Shows the banner. */
  ask(banner: HTMLElement): void;
  /** Takes the banner away at once, and leaves the way back when that is painted. */
  rest(): void;
  /** Comes back if the page has thrown it away. */
  stay(): void;
  /** Shows a dialog over all else. */
  open(dialog: HTMLDialogElement): void;
  /** Says something to assistive technology, without moving focus. */
  say(text: string): void;
  /** The way back, at once: it takes focus that would be lost. Nothing where the site has its own. */
  back(): HTMLElement | undefined;
}

/** @param settings what the way back opens */
export function openStage({ appearance = {} }: Payload, { language, direction, texts }: Speech, settings: () => void): Stage {
  const { position = 'bottom' } = appearance;
  applyStyle(appearance);
  const status = element('p', { role: 'status', class: 'assent-status' });
  const root = element('div', { id: 'assent', lang: language, dir: direction, class: `assent-${position}` }, status);
  let reopen: HTMLElement | undefined;
  let floating: HTMLElement | undefined;
  let returns = 0;

  /**
   * The top layer stands above any z-index, transform or overflow of the page's own. What goes there is
   * styled at once: so with the next frame, which styles it anyway. Without popovers it stays an
   * ordinary fixed element.
   */
  function raise(): void {
    if (!root.isConnected) document.body.prepend(root);
    requestAnimationFrame(() => floating?.isConnected && floating.togglePopover?.(true));
  }

  function float(part: HTMLElement | undefined): void {
    floating?.remove();
    floating = part;
    part?.setAttribute('popover', 'manual');
    root.prepend(part ?? '');
    raise();
  }

  /** The way back, made when it is first needed. */
  function back(): HTMLElement | undefined {
    if (appearance.reopen !== 'none' && !floating) float((reopen ??= button('reopen', 'reopen', element('span', {}, texts.reopen), settings)));
    return reopen;
  }

  return {
    back,
    ask(banner) {
      float(banner);
      // What the browser scrolls into view stays clear of the banner (WCAG 2.4.11), until that is gone.
      if (window.ResizeObserver)
        new ResizeObserver(() => (document.documentElement.style.scrollPaddingBottom = banner.isConnected ? `${banner.offsetHeight + 32}px` : '')).observe(banner);
    },
    rest() {
      if (!reopen) float(undefined);
      afterPaint(back);
    },
    stay() {
      if (!root.isConnected && document.body && returns++ < RETURNS) raise();
    },
    open(dialog) {
      root.append(dialog);
      dialog.showModal();
      // A modal that somebody's blocker hides would leave a page that cannot be used.
      if (!dialog.offsetWidth) dialog.close();
    },
    say: (text) => (status.textContent = text),
  };
}
