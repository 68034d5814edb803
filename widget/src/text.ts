// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Payload, Texts } from './types';

const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i;

/** Words in one language, ready to fill in. */
export interface Speech {
  language: string;
  direction: 'ltr' | 'rtl';
  texts: Texts;
}

/**
 * Picks the language: of those wanted, in order, the first that the policy has, as it stands or by
 * its primary subtag (`fr-CA` takes `fr`, `pt` takes `pt-BR`); else the policy's default.
 */
export function speechFor({ texts, defaultLanguage }: Payload, wanted: readonly string[]): Speech {
  const begins = (has: string, with_: string) => `${has}-`.toLowerCase().startsWith(`${with_}-`.toLowerCase());
  const [language] = [...wanted, defaultLanguage]
    .flatMap((tag) => [tag, tag.split('-')[0]!])
    .flatMap((tag) => Object.keys(texts).find((has) => begins(has, tag)) ?? []) as [string];
  return { language, direction: RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr', texts: texts[language]! };
}

/** Puts values in place of `{name}`; a name without a value stays as it stands. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => `${values[name] ?? all}`);
}

/** Name and description of a purpose; one without text is called by its id. */
export function purposeText({ purposes }: Texts, id: string): { name: string; description: string } {
  return { name: id, description: '', ...purposes[id] };
}

/** A day in the visitor's words. */
export function day(seconds: number, language: string): string {
  return new Date(seconds * 1000).toLocaleDateString(language, { dateStyle: 'long' });
}
