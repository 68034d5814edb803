// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { trusted } from '../trust';
import { around, aroundProperty, prototypeOf } from './around';
import { type Judge, REQUESTS } from './judge';

/** A start tag of an element that may request something; quoted values may hold any sign. */
const TAG = new RegExp(`<(${Object.keys(REQUESTS).join('|')})(?=[\\s/])((?:"[^"]*"|'[^']*'|[^'">])*)`, 'gi');
const ATTRIBUTE = /([^\s"'<>/=]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)/g;

/** Marks in markup what goes to a held host, as a page would do it; the rest stays as it is, sign by sign. */
export function markUp(html: string, { needs, allows }: Pick<Judge, 'needs' | 'allows'>): string {
  return html.replace(TAG, (all, tag: string, attributes: string) => {
    const waits = new Set<string>();
    const turned = attributes.replace(ATTRIBUTE, (attribute, name: string, equals: string, value: string) => {
      if (!REQUESTS[tag.toLowerCase()]!.includes(name.toLowerCase())) return attribute;
      const ids = needs(name.toLowerCase(), value.replace(/^["']|["']$/g, '').replace(/&amp;/g, '&'));
      if (allows(ids)) return attribute;
      ids.forEach((id) => waits.add(id));
      return `data-${name}${equals}${value}`;
    });
    if (!waits.size) return all;
    // One that the page has marked itself gets the other purposes when the gate sees it.
    return `<${tag}${/\sdata-assent[\s=]/.test(attributes) ? '' : ` data-assent="${[...waits].join(' ')}"`}${turned}`;
  });
}

/** Holds what the page's scripts write as markup. */
export function watchMarkup(judge: Judge, mentioned: RegExp): void {
  /** The same value where nothing is to be held: it may be a trusted one. */
  const turn = (value: unknown): unknown => {
    try {
      const text = `${value}`;
      const turned = mentioned.test(text) ? markUp(text, judge) : text;
      return turned === text ? value : typeof value === 'string' ? turned : trusted('createHTML', turned);
    } catch {
      return value;
    }
  };
  const method = (owner: object | undefined, name: string, at: number | 'all') =>
    around(owner, name, (original, self, given) =>
      Reflect.apply(original, self, given.map((it, index) => (at === 'all' || at === index ? turn(it) : it))),
    );
  const property = (type: string, name: string) =>
    aroundProperty(prototypeOf(type), name, (original, self, given) => Reflect.apply(original, self, given.map(turn)));

  for (const type of ['Element', 'ShadowRoot']) {
    property(type, 'innerHTML');
    method(prototypeOf(type), 'setHTMLUnsafe', 0);
  }
  property('Element', 'outerHTML');
  method(prototypeOf('Element'), 'insertAdjacentHTML', 1);
  method(prototypeOf('Document'), 'write', 'all');
  method(prototypeOf('Document'), 'writeln', 'all');
  method(Document, 'parseHTMLUnsafe', 0);
  method(prototypeOf('Range'), 'createContextualFragment', 0);
  method(prototypeOf('DOMParser'), 'parseFromString', 0);
}
