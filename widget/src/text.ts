// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Payload, Texts } from './types';

const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ps|sd|ug|ur|yi)(-|$)/i;

/** Words in one language, ready to fill in. */
export interface Speech {
  language: string;
  direction: 'ltr' | 'rtl';
  texts: Texts;
}

/**
 * Picks the language: of those wanted, in order, the first that the policy has, exactly or by
 * its primary subtag (`fr-CA` takes `fr`); else the policy's default.
 */
export function speechFor(policy: Payload, wanted: readonly string[]): Speech {
  const offered = Object.keys(policy.texts);
  const primary = (tag: string) => tag.split('-')[0]!.toLowerCase();
  const find = (tag: string) =>
    offered.find((has) => has.toLowerCase() === tag.toLowerCase()) ??
    offered.find((has) => has.toLowerCase() === primary(tag)) ??
    offered.find((has) => primary(has) === primary(tag));
  const language =
    wanted.filter(Boolean).map(find).find(Boolean) ?? find(policy.defaultLanguage) ?? offered[0]!;
  return {
    language,
    direction: RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr',
    texts: policy.texts[language]!,
  };
}

/** Puts values in place of `{name}`; a name without a value stays as it stands. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => (name in values ? `${values[name]}` : all));
}

/** Name and description of a purpose; one without text is called by its id. */
export function purposeText(texts: Texts, id: string): { name: string; description: string } {
  const text = texts.purposes?.[id];
  return { name: text?.name || id, description: text?.description || '' };
}

const UNITS = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'];

/** An ISO 8601 duration in words (`P1Y6M` → "1 year 6 months"); anything else as it stands. */
export function lifetime(value: string, language: string, texts: Texts): string {
  if (value === 'session') return texts.untilClosed;
  const parts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(value);
  try {
    const words = (parts ?? []).slice(1).flatMap((count, at) =>
      count === undefined
        ? []
        : new Intl.NumberFormat(language, { style: 'unit', unit: UNITS[at]!, unitDisplay: 'long' }).format(+count),
    );
    return words.join(' ') || value;
  } catch {
    return value;
  }
}

/** A day in the visitor's words; the ISO date where the browser does not know the language. */
export function day(seconds: number, language: string): string {
  const date = new Date(seconds * 1000);
  try {
    return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(date);
  } catch {
    return new Date(seconds * 1000).toISOString().slice(0, 10);
  }
}
