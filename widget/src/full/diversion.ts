// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { purposesOf } from '../choice';
import type { Wall } from './wall';
import { joined, type Judge, REQUESTS } from './judge';

const ALL = `${Object.keys(REQUESTS).join()},template`;

/** Turns an element away from a held host: what it would request stands as `data-…`, beside the purposes it waits for. */
export interface Diversion {
  /**
   * Before the page sets an attribute.
   *
   * @param check sets it on an element that requests nothing, as the page would: what the browser
   *     makes of the value (Trusted Types) is what is kept
   * @returns whether it is held: then it must not be set
   */
  divert(element: Element, name: string, value: unknown, check: (scratch: Element) => void): boolean;
  /** What an element of ours would request, were it not held. */
  kept(element: Element, name: string): string | undefined;
  /** Forgets that the element was held: the page has changed its mind. */
  forget(element: Element, name: string): void;
  mark: Wall['mark'];
  put: Wall['put'];
}

export function createDiversion({ needs, allows, passed }: Judge): Diversion {
  // As they are now: what we do ourselves does not come back to us.
  const { setAttribute, removeAttribute, getAttribute } = Element.prototype;
  const put = (element: Element, name: string, value?: string) =>
    void (value === undefined ? Reflect.apply(removeAttribute, element, [name]) : Reflect.apply(setAttribute, element, [name, value]));
  const read = (element: Element, name: string) => Reflect.apply(getAttribute, element, [name]) as string | null;
  const ours = new WeakSet<Element>();

  function keep(element: Element, name: string, value: string, ids: readonly string[]): void {
    put(element, `data-${name}`, value);
    put(element, 'data-assent', joined(read(element, 'data-assent'), ids));
    ours.add(element);
  }

  function forget(element: Element, name: string): void {
    if (!ours.has(element) || read(element, `data-${name}`) === null) return;
    put(element, `data-${name}`);
    put(element, 'data-assent');
    ours.delete(element);
  }

  function divert(element: Element, name: string, value: unknown, check: (scratch: Element) => void): boolean {
    let address = `${value}`;
    const ids = needs(name, address);
    if (allows(ids)) {
      if (ids.length && element.localName !== 'iframe') passed(ids);
      forget(element, name);
      return false;
    }
    if (/^(script|embed|object|iframe)$/.test(element.localName)) {
      // Not in a page, these request nothing.
      const scratch = document.createElement(element.localName);
      check(scratch);
      address = read(scratch, name) ?? address;
    }
    keep(element, name, address, ids);
    if (element.localName === 'img' && !element.isConnected) failUnlessShown(element);
    return true;
  }

  /** A pixel that nobody puts into the page is a beacon: it fails. */
  function failUnlessShown(image: Element): void {
    setTimeout(() => {
      if (!image.isConnected && ours.has(image) && read(image, 'src') === null) image.dispatchEvent(new Event('error'));
    });
  }

  function look(element: Element): void {
    if (element instanceof HTMLTemplateElement) return mark(element.content);
    const marked = read(element, 'data-assent');
    for (const name of REQUESTS[element.localName] ?? []) {
      const real = read(element, name);
      const value = real ?? read(element, `data-${name}`);
      const ids = value && (real !== null || marked !== null) ? needs(name, value) : [];
      if (!ids.length) continue;
      const waits = marked !== null && (real === null || (element as HTMLScriptElement).type === 'text/plain');
      if (waits) {
        const all = joined(marked, ids);
        if (all !== purposesOf(marked).join(' ')) put(element, 'data-assent', all);
      } else if (allows(ids)) {
        if (element.localName !== 'iframe') passed(ids);
      } else if (!marked || !purposesOf(marked).some((id) => ids.includes(id))) {
        keep(element, name, value!, ids);
        // The gate empties a frame; for anything else it is enough that nothing is there.
        if (element.localName !== 'iframe') put(element, name);
      }
    }
  }

  function mark(root: Node): void {
    if (root instanceof Element) look(root);
    if (root instanceof Element || root instanceof DocumentFragment || root === document)
      (root as ParentNode).querySelectorAll(root === document ? 'iframe,template' : ALL).forEach(look);
  }

  return {
    divert,
    kept: (element, name) => (ours.has(element) ? read(element, `data-${name}`) ?? undefined : undefined),
    forget,
    mark,
    put,
  };
}
