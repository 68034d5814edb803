// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/** Names as the language joins them: "a, b and c". */
export function joined(names: string[], language: string): string {
  const apart = names.map(isolated);
  try {
    return new Intl.ListFormat(language).format(apart);
  } catch {
    return apart.join(', ');
  }
}

/** Keeps the direction of its own writing amid text of another (U+2068, U+2069). */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
