// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { DetailTexts } from './artefact';

const UNITS = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'];

/** An ISO 8601 duration in words (`P1Y6M` → "1 year 6 months"); anything else as it stands. */
export function lifetime(value: string, language: string, { untilClosed }: DetailTexts): string {
  const parts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(value);
  const words = UNITS.map((unit, at) =>
    parts?.[at + 1] ? (+parts[at + 1]!).toLocaleString(language, { style: 'unit', unit, unitDisplay: 'long' }) : '',
  );
  return value === 'session' ? untilClosed : words.filter(Boolean).join(' ') || value;
}
