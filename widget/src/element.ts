// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

type Attributes = Record<string, string | false | undefined | (() => void)>;

/**
 * Makes an element. Attributes go in as text, `false` and `undefined` not at all; functions
 * listen (`click: f`). Children go in as text, never as markup.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes,
  ...children: (Node | string | false | undefined)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (typeof value === 'function') listen(made, name, value);
    else if (value || value === '') made.setAttribute(name, value);
  made.append(...children.map((child) => child || ''));
  return made;
}

/** A button with its stable hook for tests and extensions. */
export function button(hook: string, look: string, label: Node | string, press: () => void): HTMLButtonElement {
  return element('button', { type: 'button', 'data-assent': hook, class: `assent-${look}`, click: press }, label);
}

/** A link that leaves this page alone; nothing for what is no http(s) address. */
export function link(hook: string, label: string, address: string | false | undefined): HTMLElement | string {
  return /^https?:/.test(address as string) ? element('a', { 'data-assent': hook, href: address, target: '_blank', rel: 'noopener' }, label) : '';
}

/** Listens without ever throwing into the page. */
export function listen(target: EventTarget, type: string, act: (event: never) => void): void {
  target.addEventListener(type, guarded(act) as EventListener);
}

/**
 * Acts when the page has painted what was done before, or soon where nothing is painted (a tab behind
 * another), and there perhaps once more when it is.
 */
export function afterPaint(act: () => unknown): void {
  const late = setTimeout(act, 99);
  requestAnimationFrame(() => (clearTimeout(late), setTimeout(act)));
}

/** The page's edge: whatever fails inside stays inside. */
export function guarded<A extends unknown[]>(act: (...given: A) => void): (...given: A) => void {
  return (...given) => {
    try {
      act(...given);
    } catch (failure) {
      console.error('assent:', failure);
    }
  };
}
