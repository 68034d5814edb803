// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { decodeUtf8 } from './bytes';
import { MAX_BUNDLE_BYTES } from './bundle';
import { parseObject } from './canonical';
import { verifyExport } from './export';
import type { Note } from './note';
import { isJson, verifyReceipt } from './receipt';
import { Malformed } from './refusal';
import type { Trust } from './trust';
import type { Verdict } from './verdict';

/** How an archive begins: `PK` and two numbers. */
const ZIP = [0x50, 0x4b, 3, 4];

/** A file, wherever it lies. It is read twice, the second time only if it is an export. */
export interface Source {
  name: string;
  stream(): AsyncIterable<Uint8Array>;
}

/** What the auditor brings along beside the file. */
export interface Brought {
  trust: Trust;
  /** A checkpoint kept earlier. */
  since?: Note;
  /** Told the number of each line of an export that is done. */
  progress?(line: number): void;
}

/** A receipt alone brings no key, so one must be given. */
export class NoKey extends Error {}

/**
 * Verifies a receipt, a bundle or an export, without asking anybody. A file of several JSON lines,
 * or named `.ndjson` or `.jsonl`, is an export.
 *
 * @throws NoKey, Unsupported, Malformed for an archive, or what the source throws; never for what else stands in the file
 */
export async function verify(source: Source, { trust, since, progress }: Brought): Promise<Verdict> {
  const start = await startOf(source.stream(), MAX_BUNDLE_BYTES + 1);
  if (ZIP.every((byte, at) => start[at] === byte)) throw new Malformed('This is a ZIP archive. Unpack it, and give the file records.ndjson in it.');
  if (isExport(source.name, start)) return verifyExport(source.stream(), trust, since, progress);
  if (trust.logs.length === 0 && !isJson(start)) throw new NoKey('a receipt brings no key');
  return verifyReceipt(start, trust, since);
}

async function startOf(stream: AsyncIterable<Uint8Array>, length: number): Promise<Uint8Array> {
  const start = new Uint8Array(length);
  let at = 0;
  for await (const chunk of stream) {
    const part = chunk.subarray(0, length - at);
    start.set(part, at);
    at += part.length;
    if (at === length) break;
  }
  return start.subarray(0, at);
}

/** By its name, or because its first line is a whole JSON object and more follows. */
function isExport(name: string, start: Uint8Array): boolean {
  if (/\.(ndjson|jsonl)$/i.test(name)) return true;
  const end = start.indexOf(0x0a);
  if (end < 0 || !start.subarray(end).some((byte) => byte > 0x20)) return false;
  try {
    parseObject(start.subarray(0, end), MAX_BUNDLE_BYTES);
    return true;
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

/** The text of a small file that the auditor brings: a trust file or a checkpoint. */
export function textOf(bytes: Uint8Array, maxBytes: number): string {
  if (bytes.length > maxBytes) throw new Malformed(`at most ${maxBytes} bytes`);
  return decodeUtf8(bytes);
}
