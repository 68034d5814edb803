// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { harden } from './harden';
import css from './style.css';
import type { Appearance } from './types';

/**
 * Puts on the widget's styles, without a `style` element where the browser can: a strict CSP
 * forbids those. Returns what replaces the extra rules that follow them.
 */
export function applyStyle({ accent, radius }: Appearance): (extra: string) => void {
  const colour = /^#([\da-f]{3}){1,2}$/i.test(accent!) ? accent : '#0f4c5c';
  const corner = radius! >= 0 ? Math.min(radius!, 24) : 8;
  const text = `${harden(css)}#assent,.assent-frame{--brand:${colour};--radius:${corner}px}`;
  let replace: (text: string) => void;
  try {
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    replace = (next) => sheet.replaceSync(next);
  } catch {
    const style = document.createElement('style');
    document.head.append(style);
    replace = (next) => (style.textContent = next);
  }
  replace(text);
  return (extra) => replace(text + extra);
}
