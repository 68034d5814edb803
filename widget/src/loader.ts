// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Details } from './scene';
import { trusted } from './trust';

/** SHA-256 of the second part, 64 lower-case hex digits. Set by the build. */
declare const DETAILS: string;

/**
 * Brings the second part: one script by the hash of its content, which is built in here, so that
 * whoever vouches for this script vouches for that one too. It hands its functions over on its own
 * element; no global name is taken.
 *
 * @param base address of the service; without one nothing comes
 * @param nonce of our own script element, for a policy that asks for it
 * @returns what resolves to the part, or to nothing where it cannot be had now. Never rejects
 */
export function createLoader(base: string | undefined, nonce: string | undefined): () => Promise<Details | undefined> {
  let coming: Promise<Details | undefined> | undefined;
  return () =>
    (coming ??= new Promise((done) => {
      const script = document.createElement('script') as HTMLScriptElement & { assent?: Details };
      const end = () => {
        if (!script.assent) coming = undefined;
        script.remove();
        done(script.assent);
      };
      try {
        script.onload = script.onerror = end;
        if (nonce) script.nonce = nonce;
        script.crossOrigin = 'anonymous';
        script.integrity = `sha256-${btoa(DETAILS.replace(/../g, (byte) => String.fromCharCode(parseInt(byte, 16))))}`;
        script.src = trusted('createScriptURL', `${base}/w/details/${DETAILS}.js`);
        document.head.append(script);
      } catch {
        end();
      }
    }));
}
