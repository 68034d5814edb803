// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { around, aroundNew, aroundProperty, prototypeOf } from './around';
import type { Diversion } from './diversion';
import { type Judge, REQUESTS } from './judge';

/** Properties that set an attribute of the same name, in lower case. */
const PROPERTIES =
  'Script.src IFrame.src IFrame.srcdoc Image.src Image.srcset Source.src Source.srcset Media.src Video.poster Track.src Embed.src Object.data Link.href Link.imageSrcset Input.src';

/** Methods that put nodes into the page: what was made before us, elsewhere or from a template comes in here. */
const INSERTIONS: Readonly<Record<string, string>> = {
  Node: 'appendChild insertBefore replaceChild',
  Element: 'append prepend before after replaceWith replaceChildren insertAdjacentElement',
  CharacterData: 'before after replaceWith',
  DocumentFragment: 'append prepend replaceChildren',
  Document: 'append prepend replaceChildren',
};

const NAMES = new Set(Object.values(REQUESTS).flat());

/** Holds what the page's scripts tell elements to request. */
export function watchElements({ divert, kept, forget, mark }: Diversion, { holds }: Judge): void {
  /** Ours may fail; then the browser does what it would have done. */
  const held = (element: unknown, name: string, value: unknown, check: (scratch: Element) => void): boolean => {
    try {
      const attribute = `${name}`.toLowerCase();
      return NAMES.has(attribute) && element instanceof Element && !!REQUESTS[element.localName]?.includes(attribute) && divert(element, attribute, value, check);
    } catch {
      return false;
    }
  };

  for (const pair of PROPERTIES.split(' ')) {
    const [type, property] = pair.split('.') as [string, string];
    const name = property.toLowerCase();
    aroundProperty(
      prototypeOf(`HTML${type}Element`),
      property,
      (original, self, given) => held(self, name, given[0], (scratch) => Reflect.apply(original, scratch, given)) || Reflect.apply(original, self, given),
      (original, self) => {
        const shown = Reflect.apply(original, self, []) as string;
        const value = shown && shown !== 'about:blank' ? undefined : kept(self as Element, name);
        return value === undefined ? shown : /src(set|doc)$/.test(name) ? value : absolute(value);
      },
    );
  }

  const attribute = (method: string, read: (given: unknown[]) => [name: unknown, value: unknown]) =>
    around(Element.prototype, method, (original, self, given) => {
      const [name, value] = given.length ? read(given) : [];
      const check = (scratch: Element) => void Reflect.apply(original, scratch, given);
      return held(self, name as string, value, check) ? undefined : Reflect.apply(original, self, given);
    });
  attribute('setAttribute', ([name, value]) => [name, value]);
  attribute('setAttributeNS', ([, name, value]) => [name, value]);
  around(Element.prototype, 'setAttributeNode', (original, self, given) => {
    const { name, value } = (given[0] ?? {}) as Attr;
    return held(self, name, value, () => {}) ? null : Reflect.apply(original, self, given);
  });
  around(Element.prototype, 'removeAttribute', (original, self, given) => {
    if (NAMES.has(given[0] as string) && self instanceof Element) forget(self, given[0] as string);
    return Reflect.apply(original, self, given);
  });

  for (const [type, methods] of Object.entries(INSERTIONS))
    for (const method of methods.split(' '))
      around(prototypeOf(type), method, (original, self, given) => {
        for (const node of given) if (node instanceof DocumentFragment || node instanceof HTMLScriptElement || node instanceof HTMLIFrameElement) mark(node);
        return Reflect.apply(original, self, given);
      });

  // It would begin to load by itself.
  aroundNew(
    'Audio',
    (given) => (given.length && holds(given[0]) ? [] : given),
    (made, [address]) => {
      if (address !== undefined && holds(address)) (made as HTMLAudioElement).src = `${address}`;
    },
  );
}

function absolute(address: string): string {
  try {
    return new URL(address, document.baseURI).href;
  } catch {
    return address;
  }
}
