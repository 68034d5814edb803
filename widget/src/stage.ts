// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { button, element } from './element';
import { reserveRoom } from './sheet';
import type { Speech } from './text';
import type { Payload } from './types';

/** How often the root is put back when the page's own framework throws it away. A blocker may have its way. */
const RETURNS = 5;

/** The one place in the page that is ours: `#assent`, first in the body. */
export interface Stage {
  /** Shows the banner. */
  ask(banner: HTMLElement): void;
  /** Takes the banner away at once and leaves the way back. */
  rest(): void;
  /** Puts something on the stage. */
  add(part: HTMLElement): void;
  /** Says something to assistive technology, without moving focus. */
  say(text: string): void;
  /** Focus that would be lost goes to the floating button, if there is one. */
  readonly reopen: HTMLButtonElement | undefined;
}

export function openStage(policy: Payload, { language, direction, texts }: Speech, open: () => void): Stage {
  const status = element('p', { role: 'status', class: 'assent-status' });
  const root = element('div', { id: 'assent', lang: language, dir: direction, class: `assent-${policy.appearance?.position ?? 'bottom'}` }, status);
  const reopen =
    policy.appearance?.reopen === 'none' ? undefined : button('reopen', 'reopen', '', open);
  reopen?.append(element('span', {}, texts.reopen));
  const room = reserveRoom();
  let floating: HTMLElement | undefined;
  let returns = 0;

  function place(): void {
    document.body.prepend(root);
    raise();
  }

  /** The top layer stands above any z-index, transform or overflow of the page's own. */
  function raise(): void {
    try {
      floating?.showPopover();
    } catch {
      // Without popovers it is an ordinary fixed element.
    }
  }

  function float(part: HTMLElement | undefined): void {
    floating?.remove();
    floating = part;
    if (!part) return;
    part.setAttribute('popover', 'manual');
    root.prepend(part);
    raise();
  }

  place();
  new MutationObserver(() => {
    if (!root.isConnected && document.body && returns++ < RETURNS) place();
  }).observe(document, { childList: true, subtree: true });

  return {
    reopen,
    ask(banner) {
      float(banner);
      if (policy.appearance?.position === 'center' || !window.ResizeObserver) return;
      new ResizeObserver(() => room(banner.isConnected ? banner.offsetHeight + 32 : 0)).observe(banner);
    },
    rest() {
      float(reopen);
      room(0);
    },
    add: (part) => root.append(part),
    say: (text) => (status.textContent = text),
  };
}
