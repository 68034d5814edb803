// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import css from './style.css';
import { accentOn, parseColour } from './palette';
import type { Appearance } from './types';

/** Surfaces of `style.css`, light and dark: keep them equal. */
const LIGHT = [255, 255, 255] as const;
const DARK = [27, 30, 34] as const;
const ACCENT = [15, 76, 92] as const;

/** The widget's styles, built without a `style` element where the browser can: a strict CSP forbids those. */
export function applyStyle(appearance: Appearance = {}): void {
  adopt(css + variables(appearance));
}

/** Keeps `pixels` free below what the browser scrolls into view, so that focus is not hidden (WCAG 2.4.11). */
export function reserveRoom(): (pixels: number) => void {
  const replace = adopt('');
  return (pixels) => replace(pixels ? `html{scroll-padding-bottom:${Math.ceil(pixels)}px}` : '');
}

function variables({ accent, radius }: Appearance): string {
  const wanted = parseColour(accent) ?? [...ACCENT];
  const [light, dark] = [LIGHT, DARK].map((surface) => {
    const on = accentOn([...surface], [...wanted]);
    return `:is(#assent,.assent-frame){--assent-accent:${on.accent};--assent-ink:${on.ink};--assent-radius:${corner(radius)}px}`;
  });
  return `${light}@media (prefers-color-scheme:dark){${dark}}`;
}

function corner(radius: unknown): number {
  return typeof radius === 'number' && radius >= 0 ? Math.min(radius, 24) : 8;
}

function adopt(text: string): (text: string) => void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return (next) => sheet.replaceSync(next);
  } catch {
    const style = document.createElement('style');
    style.textContent = text;
    document.head.append(style);
    return (next) => (style.textContent = next);
  }
}
