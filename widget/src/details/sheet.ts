// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { element } from '../element';
import { harden } from '../harden';
import css from './style.css';

const worn: CSSStyleSheet[] = [];

/** Puts on the second part's styles, once, without a `style` element where the browser can. */
export function applyDetailStyle(): void {
  if (document.querySelector('style[data-assent=details]') || worn.some((sheet) => document.adoptedStyleSheets.includes(sheet))) return;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(harden(css));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    worn.push(sheet);
  } catch {
    document.head.append(element('style', { 'data-assent': 'details' }, harden(css)));
  }
}
