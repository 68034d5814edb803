// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Bundle, MAX_BUNDLE_BYTES, type Tombstone, isTombstone, parseBundle, parseTombstone, withArtefact } from './bundle';
import { equal, utf8 } from './bytes';
import { type JsonObject, parseObject, writeCanonical } from './canonical';
import type { LoggedDocument } from './logged';
import { member } from './members';
import { type Sample, isSample, parseSample } from './sample';

/** Choices made under a version before come in between, so more than one is kept. */
const KEPT = 4;
const COMMA = 0x2c;
const BRACE = 0x7b;

/** The bytes from a line's brace to the end of its artefact, and what they hold. */
interface Start {
  bytes: Uint8Array;
  artefact: LoggedDocument;
}

/**
 * Reads the lines of an export, of which thousands begin with the same artefact, far longer than
 * all that follows. Where a line's first bytes are those of one before up to the end of its artefact,
 * a reader comes to the same place with the same values; only the rest is read, as an object of its
 * own, and may not have an artefact again.
 */
export class LineReader {
  private starts: Start[] = [];

  /** @throws Malformed */
  async read(line: Uint8Array): Promise<Bundle | Tombstone | Sample> {
    const start = line.length <= MAX_BUNDLE_BYTES && this.starts.find((it) => begins(line, it));
    if (start) {
      this.keep(start);
      const rest = line.slice(start.bytes.length);
      rest[0] = BRACE;
      return withArtefact(parseObject(rest, MAX_BUNDLE_BYTES), start.artefact);
    }
    const json = parseObject(line, MAX_BUNDLE_BYTES);
    if (isSample(json)) return parseSample(json);
    return isTombstone(json) ? parseTombstone(json) : this.readBundle(json, line);
  }

  private readBundle(json: JsonObject, line: Uint8Array): Bundle {
    const bundle = parseBundle(json);
    const start = { bytes: utf8(`{"artefact":${writeCanonical(member(json, 'object', 'artefact'))}`), artefact: bundle.artefact };
    if (begins(line, start)) this.keep(start);
    return bundle;
  }

  private keep(start: Start): void {
    if (this.starts[0] !== start) this.starts = [start, ...this.starts.filter((it) => it !== start)].slice(0, KEPT);
  }
}

/** Whether the line begins so and goes on with another member. */
function begins(line: Uint8Array, { bytes }: Start): boolean {
  return line[bytes.length] === COMMA && equal(line.subarray(0, bytes.length), bytes);
}
