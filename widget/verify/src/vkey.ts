// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Bytes, concat, decodeBase64, hex, utf8 } from './bytes';
import { sha256 } from './digest';
import { Malformed } from './refusal';

/** What a key signs, by the byte before its public key: a log its checkpoints, a witness (C2SP tlog-cosignature) a time and a checkpoint. */
export const KEY_TYPE = { log: 0x01, witness: 0x04 } as const;

/** A public key that is known. */
export interface Key {
  /** That of a log is the origin of its checkpoints. */
  name: string;
  type: number;
  /** 8 hexadecimal digits: the first 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key). */
  id: string;
  /** 32 bytes. */
  publicKey: Bytes;
  /** The text that it was read from: equal for equal keys, for there is one spelling. */
  vkey: string;
}

/**
 * Reads a vkey, `name+id+base64(type ‖ public key)`, C2SP signed-note 1.0.0:
 * `example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k`.
 *
 * @throws Malformed also if the id is not that of its name and key, or the key of another type
 */
export async function parseVkey(vkey: string, type: number): Promise<Key> {
  // The base64 at the end may hold a plus as well; the name may not.
  const [, name = '', id = '', encoded = ''] = /^([^+]*)\+([0-9a-f]{8})\+([^]*)$/.exec(vkey) ?? [];
  if (!encoded) throw new Malformed('a key has a name, 8 digits and base64, joined by plus');
  const typed = decodeBase64(encoded);
  if (typed.length !== 33) throw new Malformed('a key has 1 byte of type and 32 bytes of Ed25519');
  requireKeyName(name);
  if (typed[0] !== type) throw new Malformed(`the key is not one of a ${type === KEY_TYPE.log ? 'log' : 'witness'}`);
  const hash = await sha256(concat(utf8(`${name}\n`), typed));
  if (hex(hash.subarray(0, 4)) !== id) throw new Malformed("the key's id is not that of its name and key");
  return { name, type, id, publicKey: typed.slice(1), vkey };
}

/** Not empty; no Unicode space, no control character, no plus. */
export function requireKeyName(name: string): void {
  if (!name || /[+\p{White_Space}\x00-\x1f]/u.test(name)) throw new Malformed("a key's name is not empty and has no space and no plus");
}
