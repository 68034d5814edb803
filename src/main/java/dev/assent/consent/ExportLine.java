// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.merkle.InclusionProof;
import dev.assent.note.Note;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.Receipt;
import java.util.Optional;

/** One number of a site as it is exported: a record or a tombstone, with its proof. */
public final class ExportLine {
    private final ExportRow row;
    private final InclusionProof proof;
    private final Note checkpoint;
    private final byte[] bytes;

    ExportLine(ExportRow row, InclusionProof proof, Note checkpoint, byte[] bytes) {
        this.row = row;
        this.proof = proof;
        this.checkpoint = checkpoint;
        this.bytes = bytes;
    }

    public long seq() {
        return row.seq();
    }

    /** Of the record's entry in the log, be the record erased or not. */
    public long index() {
        return row.logIndex();
    }

    public boolean isErased() {
        return row.statementIndex() != null;
    }

    /** Index of the entry that proves this line: the record's own, or that of its erasure. */
    public long provenIndex() {
        return row.provenIndex();
    }

    /** The record, or the statement of its erasure. */
    public JsonObject document() {
        try {
            return CanonicalJson.parseObject(row.document());
        } catch (JsonException e) {
            throw new IllegalStateException("a document is not stored as it was written", e);
        }
    }

    /** The receipt; empty for an erased record, which has none any more. */
    public Optional<Receipt> receipt() {
        return isErased()
                ? Optional.empty()
                : Optional.of(Receipt.of(row.salt(), row.document(), proof, checkpoint));
    }

    /** The line as it is exported, canonical JSON with its line end. Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }
}
