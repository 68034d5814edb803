// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { isAllowed, purposesOf } from './choice';
import { afterPaint, guarded } from './element';
import type { Wall } from './full/wall';
import { createRunner } from './runner';
import { trusted } from './trust';
import type { Choices } from './types';

/** Set by the build: with host rules, Microsoft's and Matomo's signals. */
declare const FULL: boolean;

const HELD = '[data-assent]';
/** Each stands as `data-…` until its purpose is granted. */
const SOURCES = 'src srcset href poster data'.split(' ');
/** What goes with a film or a picture, unless it is marked itself. */
const PARTS = ':is(source,track,img):not([data-assent])';

export interface Gate {
  /**
   * Holds at once what the choices forbid; lets go what they allow after the page has painted.
   *
   * @returns whether something runs here whose purpose is no longer granted: only a reload stops it
   */
  apply(choices: Choices): boolean;
  /** Looks at elements added to the page, or marked in it. */
  see(added: Iterable<Node>): void;
}

/**
 * Holds back what the page has marked until its purposes are granted.
 * @param cover puts a placeholder in a held frame's stead; returns what takes it away again
 */
export function createGate(cover: (frame: HTMLElement, ids: string[], letGo: () => void) => () => void, wall?: Wall): Gate {
  const queue = new Set<HTMLScriptElement>();
  const ran = FULL && wall ? wall.ran : new Set<string>();
  const put = FULL && wall ? wall.put : (element: Element, name: string, value: string) => element.setAttribute(name, value);
  const covers = new Map<Element, () => void>();
  const released = new WeakSet<Element>();
  const moved = new WeakSet<Element>();
  let choices: Choices = {};

  const idsOf = (held: Element) => purposesOf((held as HTMLElement).dataset.assent);
  const allowed = (held: Element) => isAllowed(idsOf(held), choices);
  const note = (held: Element) => idsOf(held).forEach(ran.add, ran);
  const run = createRunner(queue, allowed, note, FULL ? put : undefined);

  /** One that fails does not stop the others. */
  const visit = guarded((held: HTMLElement): void => {
    if (held instanceof HTMLScriptElement) {
      if (allowed(held) && (held.type === 'text/plain' || (FULL && held.dataset.src && !held.hasAttribute('src')))) queue.add(held);
    } else if (allowed(held)) {
      letGo(held);
    } else if (held.matches('iframe')) {
      hold(held);
    }
  });

  function uncover(frame: Element): void {
    covers.get(frame)?.();
    covers.delete(frame);
  }

  function letGo(held: HTMLElement): void {
    uncover(held);
    if (released.has(held)) return;
    released.add(held);
    moved.add(held);
    held.replaceWith(held); // Firefox brings back, at a reload, what a frame showed that came with the page.
    for (const part of [held, ...held.querySelectorAll<HTMLElement>(PARTS)])
      for (const name of SOURCES)
        if (part.dataset[name]) {
          put(part, name, trusted('createScriptURL', part.dataset[name]!));
          if (!held.matches('iframe')) note(held); // A frame is held again.
        }
    if (FULL && held.dataset.srcdoc) put(held, 'srcdoc', trusted('createHTML', held.dataset.srcdoc));
    if (FULL && held.dataset.imagesrcset) put(held, 'imagesrcset', held.dataset.imagesrcset);
    (held as HTMLMediaElement).load?.();
  }

  function hold(frame: HTMLElement): void {
    if (covers.has(frame) || !(frame.dataset.src || (FULL && frame.dataset.srcdoc))) return;
    if (FULL) wall?.put(frame, 'srcdoc');
    const loaded = released.delete(frame);
    if (FULL && wall) wall.put(frame, 'src');
    else if (loaded) frame.removeAttribute('src');
    covers.set(frame, cover(frame, idsOf(frame), () => letGo(frame)));
  }

  function scan(root: ParentNode): void {
    if (FULL) wall?.mark(root);
    root.querySelectorAll<HTMLElement>(HELD).forEach(visit);
    void run();
  }

  return {
    apply(next) {
      choices = next;
      afterPaint(() => scan(document));
      return [...ran].some((id) => !choices[id]);
    },
    see(added) {
      covers.forEach((_, frame) => frame.matches(`html ${HELD}`) || uncover(frame));
      for (const node of added)
        if (node instanceof HTMLElement && !moved.delete(node)) {
          if (FULL) wall?.mark(node);
          if (node.matches(HELD)) visit(node);
          scan(node);
        }
    },
  };
}
