// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/** Names as the language joins them: "a, b and c". */
export function joined(names: string[], language: string): string {
  try {
    return new Intl.ListFormat(language).format(names);
  } catch {
    return names.join(', ');
  }
}
