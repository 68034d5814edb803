// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Choices } from './types';

const ELEMENTS = 'iframe,img,video,audio,embed,link'.replace(/\w+/g, '$&[data-assent]');
const HELD = `script[type="text/plain"][data-assent],${ELEMENTS}`;
const SOURCES = ['src', 'srcset', 'href', 'poster'];

/** Ids named by `data-assent`, parted by spaces or commas; all of them must be granted. */
export function purposesOf(value: string | undefined): string[] {
  return (value ?? '').split(/[\s,]+/).filter(Boolean);
}

/** An element that names no purpose, or an unknown one, is never allowed. */
export function isAllowed(ids: readonly string[], choices: Choices): boolean {
  return ids.length > 0 && ids.every((id) => choices[id] === true);
}

export interface Gate {
  /**
   * Lets go what the choices allow and holds the rest, from now on also for elements added later.
   *
   * @returns whether a script has run here whose purpose is no longer granted: only a reload stops it
   */
  apply(choices: Choices, when?: 'now' | 'afterPaint'): boolean;
}

/**
 * Holds back what the page has marked until its purposes are granted.
 *
 * @param cover puts a placeholder in a held frame's stead; returns what takes it away again
 */
export function createGate(cover: (frame: HTMLElement, ids: string[], letGo: () => void) => () => void): Gate {
  const queue = new Set<HTMLScriptElement>();
  const ran = new Set<string>();
  const covers = new Map<Element, () => void>();
  const released = new WeakSet<Element>();
  let choices: Choices = {};
  let running = false;
  let observer: MutationObserver | undefined;

  const idsOf = (held: Element) => purposesOf((held as HTMLElement).dataset.assent);
  const allowed = (held: Element) => isAllowed(idsOf(held), choices);

  function visit(held: HTMLElement): void {
    if (held instanceof HTMLScriptElement) {
      if (allowed(held)) queue.add(held);
    } else if (allowed(held)) {
      letGo(held);
    } else if (held.matches('iframe')) {
      hold(held);
    }
  }

  function letGo(held: HTMLElement): void {
    covers.get(held)?.();
    covers.delete(held);
    if (released.has(held)) return;
    released.add(held);
    for (const part of [held, ...held.querySelectorAll<HTMLElement>('source,track')])
      for (const name of SOURCES) {
        const value = part.dataset[name];
        if (value !== undefined) part.setAttribute(name, value);
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
    void run();
  }

  /** Runs the queue in document order: an inline script waits for the files before it, as in a parsed page. */
  async function run(): Promise<void> {
    if (running) return;
    running = true;
    let files = Promise.resolve<unknown>(undefined);
    let waiting = false;
    for (const held of queue) {
      const file = held.hasAttribute('src') || !!held.dataset.src || held.dataset.type === 'module';
      if (!file && waiting) await files;
      queue.delete(held);
      // Asked again, for a withdrawal may have come while a file was loading.
      if (!allowed(held) || !held.isConnected) continue;
      try {
        const script = revive(held);
        idsOf(held).forEach((id) => ran.add(id));
        if (file && !script.async) {
          waiting = true;
          files = Promise.all([files, new Promise((done) => (script.onload = script.onerror = done))]);
        }
        held.replaceWith(script);
      } catch {
        // The page's policy forbids it (Trusted Types): it stays held.
      }
    }
    running = false;
  }

  function watch(): void {
    observer ??= new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes)
          if (node instanceof HTMLElement) {
            if (node.matches(HELD)) visit(node);
            scan(node);
          }
    });
    observer.observe(document, { childList: true, subtree: true });
  }

  return {
    apply(next, when = 'now') {
      choices = next;
      for (const held of queue) if (!allowed(held)) queue.delete(held);
      if (when === 'now') scan(document);
      else setTimeout(() => scan(document));
      watch();
      return [...ran].some((id) => !choices[id]);
    },
  };
}

/** A fresh script like the held one, for the browser runs an element only once. */
function revive(held: HTMLScriptElement): HTMLScriptElement {
  const script = document.createElement('script');
  for (const { name, value } of held.attributes)
    if (name !== 'type' && name !== 'data-type' && name !== 'data-src') script.setAttribute(name, value);
  if (held.dataset.type) script.type = held.dataset.type;
  if (held.dataset.src) script.src = held.dataset.src;
  if (held.nonce) script.nonce = held.nonce;
  script.async = held.hasAttribute('async');
  script.text = held.text;
  return script;
}
