// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Bytes, concat, decodeBase64, hex, utf8 } from './bytes';
import { verifyEd25519 } from './ed25519';
import { Malformed } from './refusal';
import { parseLines } from './strict';
import { KEY_TYPE, type Key, requireKeyName } from './vkey';

/** A signature line: `— name base64(key id ‖ signature)`. Whose it claims to be is not yet checked. */
interface Signature {
  name: string;
  /** 8 hexadecimal digits. */
  id: string;
  bytes: Bytes;
}

/** A text and who signed it, C2SP signed-note 1.0.0. The text means nothing before it is verified. */
export interface Note {
  /** Ends in a line end; the blank line after it is not part of it. */
  text: string;
  /** At least one. */
  signatures: Signature[];
}

export const MAX_NOTE_LENGTH = 64 * 1024;
const MAX_SIGNATURES = 64;

/** @throws Malformed */
export function parseNote(note: string): Note {
  if (note.length > MAX_NOTE_LENGTH) throw new Malformed(`a note has at most ${MAX_NOTE_LENGTH} bytes`);
  parseLines(note);
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || end + 2 === note.length) throw new Malformed('a note has a text, a blank line and signatures');
  const lines = parseLines(note.slice(end + 2));
  if (lines.length > MAX_SIGNATURES) throw new Malformed(`a note has at most ${MAX_SIGNATURES} signatures`);
  return { text: note.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): Signature {
  const [, name = '', encoded = ''] = /^\u2014 ([^ ]*) ([^]*)$/.exec(line) ?? [];
  if (!encoded) throw new Malformed('a signature line has a dash, a name and a signature');
  requireKeyName(name);
  const bytes = decodeBase64(encoded);
  if (bytes.length <= 4) throw new Malformed('a signature line without a signature');
  return { name, id: hex(bytes.subarray(0, 4)), bytes: bytes.slice(4) };
}

/**
 * Those of the known keys that signed the note; lines of other keys are passed over.
 *
 * @throws Malformed if a line that claims to be of a known key is not by it
 */
export async function signersOf(note: Note, known: Key[]): Promise<Key[]> {
  const signers = new Set<Key>();
  for (const signature of note.signatures) {
    for (const key of known.filter(({ name, id }) => name === signature.name && id === signature.id)) {
      if (!(await isBy(key, signature.bytes, note.text))) throw new Malformed(`the signature of ${key.name} is false`);
      signers.add(key);
    }
  }
  return [...signers];
}

async function isBy(key: Key, signature: Bytes, text: string): Promise<boolean> {
  if (key.type === KEY_TYPE.log) return signature.length === 64 && verifyEd25519(key.publicKey, signature, utf8(text));
  if (signature.length !== 72) return false;
  // C2SP tlog-cosignature 1.0.1: 8 bytes of seconds since 1970, the largest first, then Ed25519.
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  const message = concat(utf8(`cosignature/v1\ntime ${time}\n`), utf8(text));
  return time < 2n ** 63n && verifyEd25519(key.publicKey, signature.slice(8), message);
}
