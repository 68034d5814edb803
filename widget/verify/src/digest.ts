// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Bytes, concat } from './bytes';

type NodeCrypto = { createHash(name: string): { update(bytes: Uint8Array): { digest(): Uint8Array } } };
type Runtime = { process?: { getBuiltinModule?(name: string): NodeCrypto } };

/** Node's own SHA-256, absent in a browser: Web Crypto asks another thread, at some 40 µs a hash, of which an export needs millions. */
const node = (globalThis as Runtime).process?.getBuiltinModule?.('node:crypto');

/** SHA-256 (FIPS 180-4) over the parts, one after the other; 32 bytes. */
export async function sha256(...parts: Uint8Array[]): Promise<Bytes> {
  const message = concat(...parts);
  return node ? new Uint8Array(node.createHash('sha256').update(message).digest()) : webSha256(message);
}

/** The same through Web Crypto alone. */
export async function webSha256(message: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', message));
}
