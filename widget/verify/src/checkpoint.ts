// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { equal } from './bytes';
import type { TreeHead } from './consistency';
import { Malformed } from './refusal';
import { parseDecimal, parseHash, parseLines } from './strict';
import { emptyRoot } from './tree';

/** What a log commits to, C2SP tlog-checkpoint 1.0.0. */
export interface Checkpoint extends TreeHead {
  /** The log's name, and that of its key: `consent.example.com/log`. */
  origin: string;
}

/** Reads the text of a note: origin, size and root, a line each; further lines mean nothing here. */
export async function parseCheckpoint(text: string): Promise<Checkpoint> {
  const lines = parseLines(text);
  const [origin, size, root] = lines;
  if (origin === undefined || size === undefined || root === undefined || lines.includes('')) {
    throw new Malformed('a checkpoint has three lines or more, none of them empty');
  }
  const checkpoint = { origin, size: parseDecimal(size), root: parseHash(root) };
  if (checkpoint.size === 0n && !equal(checkpoint.root, await emptyRoot())) throw new Malformed('a tree of size 0 has the root of the empty tree');
  return checkpoint;
}
