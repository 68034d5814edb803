// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Bytes, equal } from './bytes';
import { type JsonObject, canonicalBytes } from './canonical';
import type { Checkpoint } from './checkpoint';
import { sha256 } from './digest';
import { verifyInclusion } from './inclusion';
import { member, requireOnly } from './members';
import { type TlogProof, parseProof } from './proof';
import { entryLeaf } from './tree';

/** A document whose hash is in the log, with its proof: an artefact, or a statement of erasure. What is computed of it is kept. */
export class LoggedDocument {
  private digest?: Bytes;
  private parsed?: TlogProof;
  private under?: { kind: number; checkpoint: Checkpoint };

  /**
   * @param proof a tlog-proof without anything extra
   * @param maxBytes of the canonical document
   */
  constructor(
    readonly document: JsonObject,
    readonly proof: string,
    readonly maxBytes: number,
  ) {}

  /** @throws Malformed */
  static parse(json: JsonObject, maxBytes: number): LoggedDocument {
    requireOnly(json, 'document', 'proof');
    return new LoggedDocument(member(json, 'object', 'document'), member(json, 'string', 'proof'), maxBytes);
  }

  /** SHA-256 of the canonical document. @throws Malformed if that is too long */
  async hash(): Promise<Bytes> {
    return (this.digest ??= await sha256(canonicalBytes(this.document, this.maxBytes)));
  }

  parseProof(): TlogProof {
    return (this.parsed ??= parseProof(this.proof));
  }

  /** Verifies that the document's entry, of this kind, is under a checkpoint that is signed. Once for each is enough. */
  async verify(kind: number, checkpoint: Checkpoint): Promise<void> {
    const { under } = this;
    if (under?.kind === kind && under.checkpoint.size === checkpoint.size && equal(under.checkpoint.root, checkpoint.root)) return;
    const { index, path } = this.parseProof();
    await verifyInclusion(index, checkpoint.size, await entryLeaf(kind, await this.hash()), path, checkpoint.root);
    this.under = { kind, checkpoint };
  }
}
