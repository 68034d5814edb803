// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { utf8 } from '../src/bytes';
import type { Source } from '../src/verify';

/** A file of the auditor's, read piece by piece: an export may be larger than the memory. */
export const fileSource = (file: File): Source => ({ name: file.name, stream: () => chunksOf(file.stream()) });

/**
 * What was pasted. A text field turns all line ends into one kind and the last one is easily left
 * behind, so a receipt gets it back; in JSON it means nothing.
 */
export function textSource(pasted: string, name = 'the pasted text'): Source {
  const text = pasted.endsWith('\n') ? pasted : `${pasted}\n`;
  return {
    name,
    async *stream() {
      yield utf8(text);
    },
  };
}

/** Not every browser's stream can be iterated. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    void reader.cancel();
  }
}
