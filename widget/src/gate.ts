// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { isAllowed, purposesOf } from './choice';
import { guarded } from './element';
import { revive } from './revive';
import { trusted } from './trust';
import type { Choices } from './types';

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
  /** Looks at elements added to the page. */
  see(added: Iterable<Node>): void;
}

/**
 * Holds back what the page has marked until its purposes are granted.
 * @param cover puts a placeholder in a held frame's stead; returns what takes it away again
 */
export function createGate(cover: (frame: HTMLElement, ids: string[], letGo: () => void) => () => void): Gate {
  const queue = new Set<HTMLScriptElement>();
  const ran = new Set<string>();
  const covers = new Map<Element, () => void>();
  const released = new WeakSet<Element>();
  let choices: Choices = {};
  let running = false;

  const idsOf = (held: Element) => purposesOf((held as HTMLElement).dataset.assent);
  const allowed = (held: Element) => isAllowed(idsOf(held), choices);

  /** One that fails does not stop the others. */
  const visit = guarded((held: HTMLElement): void => {
    if (held instanceof HTMLScriptElement) {
      if (allowed(held) && held.type === 'text/plain') queue.add(held);
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
    for (const part of [held, ...held.querySelectorAll<HTMLElement>(PARTS)])
      for (const name of SOURCES)
        if (part.dataset[name]) {
          part.setAttribute(name, trusted('createScriptURL', part.dataset[name]!));
          if (!held.matches('iframe')) idsOf(held).forEach((id) => ran.add(id)); // A frame is held again.
        }
    if (held instanceof HTMLMediaElement) held.load();
  }

  function hold(frame: HTMLElement): void {
    if (covers.has(frame) || !frame.dataset.src) return;
    if (released.delete(frame)) frame.setAttribute('src', 'about:blank');
    covers.set(frame, cover(frame, idsOf(frame), () => letGo(frame)));
  }

  function scan(root: ParentNode): void {
    root.querySelectorAll<HTMLElement>(HELD).forEach(visit);
    if (queue.size) void run();
  }

  /** Runs the queue in document order: an inline script waits for the files before it, as in a parsed page. */
  async function run(): Promise<void> {
    if (running) return;
    running = true;
    let files: Promise<unknown> | undefined;
    for (const held of queue) {
      // As in a parsed page, nothing waits for `async`, `defer` and modules; `nomodule` never comes.
      const file = (held.src || held.dataset.src) && !held.dataset.type && !held.matches('[async],[defer],[nomodule]');
      if (!file && files) await files;
      queue.delete(held);
      // Asked again, for a withdrawal may have come while a file was loading.
      if (!allowed(held) || !held.isConnected) continue;
      try {
        const script = revive(held);
        idsOf(held).forEach((id) => ran.add(id));
        if (file) files = Promise.all([files, new Promise((done) => (script.onload = script.onerror = done))]);
        held.replaceWith(script);
      } catch {
        // The page's policy forbids it (Trusted Types): it stays held.
      }
    }
    running = false;
  }

  return {
    apply(next) {
      choices = next;
      setTimeout(scan, 0, document);
      return [...ran].some((id) => !choices[id]);
    },
    see(added) {
      covers.forEach((_, frame) => frame.matches(`html ${HELD}`) || uncover(frame));
      for (const node of added)
        if (node instanceof HTMLElement) {
          if (node.matches(HELD)) visit(node);
          scan(node);
        }
    },
  };
}
