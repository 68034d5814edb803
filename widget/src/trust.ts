// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/** As far as the compiler's own types do not know it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: object): Record<Sink, (text: string) => string>;
}

type Sink = 'createScript' | 'createScriptURL';

const asItIs = (text: string): string => text;
const plain: Record<Sink, (text: string) => string> = { createScript: asItIs, createScriptURL: asItIs };

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
