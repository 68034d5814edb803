// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

type Attributes = Record<string, string | boolean | undefined | (() => void)>;

/**
 * Makes an element. Attributes go in as text, `true` as an empty attribute, `false` and
 * `undefined` not at all; functions listen (`click: f`). Children go in as text, never as markup.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes,
  ...children: (Node | string | false | undefined)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, guarded(value));
    else if (value || value === '') made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter((child): child is Node | string => !!child));
  return made;
}

/** A button with its stable hook for tests and extensions. */
export function button(hook: string, look: string, label: string, press: () => void): HTMLButtonElement {
  return element('button', { type: 'button', 'data-assent': hook, class: `assent-${look}`, click: press }, label);
}

/** A link that leaves this page alone; no link for an address that is not http(s). */
export function link(hook: string, label: string, address: string | undefined): HTMLAnchorElement | undefined {
  if (!address || !/^(https?:|\/)/i.test(address)) return undefined;
  return element('a', { 'data-assent': hook, href: address, target: '_blank', rel: 'noopener noreferrer' }, label);
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
