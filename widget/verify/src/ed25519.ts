// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Bytes } from './bytes';

/** The runtime has no Ed25519, so nothing can be said of the file: neither that it is valid nor that it is not. */
export class Unsupported extends Error {}

/** Whether `signature`, 64 bytes, is that of `key`, 32 bytes, over the message (RFC 8032 §5.1.7, by Web Crypto). */
export async function verifyEd25519(key: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) throw new Unsupported('Web Crypto is missing: open this page over https, or from disk');
  try {
    return await subtle.verify('Ed25519', await subtle.importKey('raw', key, 'Ed25519', false, ['verify']), signature, message);
  } catch (error) {
    // What NotSupportedError says is so of every key; a DataError is of this one, which then signs nothing.
    if ((error as Error).name === 'NotSupportedError') throw new Unsupported('this browser cannot check Ed25519 signatures');
    return false;
  }
}
