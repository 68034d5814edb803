// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { element } from '../element';
import { harden } from '../harden';
import css from './style.css';

/** Puts on the second part's styles, without a `style` element where the browser can. */
export function applyDetailStyle(): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(harden(css));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  } catch {
    document.head.append(element('style', {}, harden(css)));
  }
}
