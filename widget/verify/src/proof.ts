// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Bytes, decodeBase64, decodeUtf8 } from './bytes';
import { type Note, parseNote } from './note';
import { Malformed } from './refusal';
import { parseDecimal, parseHash, parseLines } from './strict';

/** Proof that a log holds an entry, C2SP tlog-proof v1; formats §7. Reading it verifies nothing. */
export interface TlogProof {
  /** In a receipt salt ‖ canonical record; absent where the line is. */
  extra?: Bytes;
  /** The entry's number, from 0. */
  index: bigint;
  /** One hash a level, the leaf's sibling first; at most 64. */
  path: Bytes[];
  /** A checkpoint, signed. */
  checkpoint: Note;
}

export const MAX_PROOF_BYTES = 128 * 1024;
const MAX_PATH = 64;
const HEADER = 'c2sp.org/tlog-proof@v1';

/** Reads a proof of at most 128 KiB of UTF-8. */
export function parseProofBytes(bytes: Uint8Array): TlogProof {
  if (bytes.length > MAX_PROOF_BYTES) throw new Malformed(`a proof has at most ${MAX_PROOF_BYTES} bytes`);
  return parseProof(decodeUtf8(bytes));
}

/** @throws Malformed if it, or its checkpoint's note, has another form */
export function parseProof(text: string): TlogProof {
  if (text.length > MAX_PROOF_BYTES) throw new Malformed(`a proof has at most ${MAX_PROOF_BYTES} bytes`);
  parseLines(text);
  const blank = text.indexOf('\n\n');
  if (blank < 0) throw new Malformed('a proof has a blank line before its checkpoint');
  const [header, ...lines] = parseLines(text.slice(0, blank + 1));
  if (header !== HEADER) throw new Malformed(`a proof begins with ${HEADER}`);
  const extra = after('extra ', lines[0]);
  if (extra !== undefined) lines.shift();
  const index = after('index ', lines.shift());
  if (index === undefined) throw new Malformed('the line with the index is missing');
  if (extra === '') throw new Malformed('a line for something extra has something');
  if (lines.length > MAX_PATH) throw new Malformed(`a path has at most ${MAX_PATH} hashes`);
  return {
    ...(extra !== undefined && { extra: decodeBase64(extra) }),
    index: parseDecimal(index),
    path: lines.map(parseHash),
    checkpoint: parseNote(text.slice(blank + 2)),
  };
}

const after = (start: string, line: string | undefined): string | undefined => (line?.startsWith(start) ? line.slice(start.length) : undefined);
