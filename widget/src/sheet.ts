// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { element } from './element';
import { harden } from './harden';
import css from './style.css';
import type { Appearance } from './types';

/**
 * Puts on the widget's styles, without a `style` element where the browser can: a strict CSP
 * forbids those.
 */
export function applyStyle({ accent, radius }: Appearance): void {
  const colour = /^#([\da-f]{3}){1,2}$/i.test(accent!) ? accent : '#0f4c5c';
  const corner = radius! >= 0 ? Math.min(radius!, 24) : 8;
  const text = harden(`${css}^{--brand:${colour};--radius:${corner}px}`);
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  } catch {
    document.head.append(element('style', {}, text));
  }
}
