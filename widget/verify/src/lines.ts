// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Bytes, concat } from './bytes';

const LINE_END = 0x0a;

/**
 * The lines of a stream, without their ends. No more than one of them is in memory, and of one
 * that is longer than `maxBytes` no more than its beginning: a little more, so that it is seen to be too long.
 */
export async function* linesOf(stream: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Bytes> {
  let begun: Uint8Array[] = [];
  let length = 0;
  const keep = (part: Uint8Array) => {
    if (length <= maxBytes) begun.push(part);
    if (length <= maxBytes) length += part.length;
  };
  let open = false;
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, from)) {
      keep(chunk.subarray(from, end));
      yield concat(...begun);
      [begun, length, from] = [[], 0, end + 1];
    }
    keep(chunk.subarray(from));
    open = from < chunk.length || (open && from === 0);
  }
  if (open) yield concat(...begun);
}
