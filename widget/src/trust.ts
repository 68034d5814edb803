// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/** Set by the build: with host rules, Microsoft's and Matomo's signals. */
declare const FULL: boolean;

/** As far as the compiler's own types do not know it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: object): Record<Sink, (text: string) => string>;
}

type Sink = 'createScript' | 'createScriptURL' | 'createHTML';

const asItIs = (text: string): string => text;
const plain = { createScript: asItIs, createScriptURL: asItIs } as Record<Sink, (text: string) => string>;
if (FULL) plain.createHTML = asItIs;

/** A page that asks for Trusted Types lets us in by `trusted-types assent`; elsewhere, and where it does not, text stays text. */
const rules = ((): typeof plain => {
  try {
    return (window as { trustedTypes?: TrustedTypes }).trustedTypes!.createPolicy('assent', plain);
  } catch {
    return plain;
  }
})();

/** Our own script's address, or what the page itself has marked to run: nothing else comes here. */
export function trusted(sink: Sink, text: string): string {
  return rules[sink](text);
}
