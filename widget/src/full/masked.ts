// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/** What a name may be long after masking. */
const LONGEST = 64;
const HIDDEN = '*';

/**
 * A name without what may say whose it is: each digit becomes `#`, what looks like an identifier
 * `*`. The service does the same again (`MaskedName.java`), with the same test cases.
 */
export function maskedName(name: string): string {
  if (name.includes('@')) return HIDDEN;
  const masked = name
    .replace(/[^\x21-\x7e]+/g, HIDDEN)
    .replace(/[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/gi, HIDDEN)
    .replace(/[A-Za-z\d]+/g, (word) => (isIdentifier(word) ? HIDDEN : word.replace(/\d/g, '#')))
    .replace(/\*+/g, HIDDEN);
  return masked.length > LONGEST ? masked.slice(0, LONGEST - 1) + HIDDEN : masked;
}

function isIdentifier(word: string): boolean {
  const digits = word.replace(/\D/g, '').length;
  const letters = word.length - digits;
  const capitals = word.replace(/[^A-Z]/g, '').length;
  const hex = digits > 0 && word.length >= 8 && /^[\da-f]*[a-f][\da-f]*$/i.test(word);
  const mixed = digits > 0 && letters > 0 && (word.length >= 16 || (digits > 1 && word.length >= 8));
  // Words joined in mixed case have fewer capitals than chance gives.
  const shuffled = word.length >= 12 && capitals < word.length && capitals * 4 >= word.length;
  return hex || mixed || shuffled || (!digits && word.length >= 32);
}
