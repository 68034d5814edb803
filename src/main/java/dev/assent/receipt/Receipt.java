// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.Hash;
import dev.assent.merkle.InclusionProof;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.TlogProof;
import java.util.Arrays;

/**
 * What proves one consent record: its salt, its bytes, its path in the log and a checkpoint. As
 * text it is a C2SP tlog-proof whose extra bytes are {@code salt ‖ record} (formats §7).
 *
 * <p>A visitor's or an auditor's own: it holds the record.
 */
public final class Receipt {
    private final TlogProof proof;
    private final byte[] salt;
    private final byte[] record;

    private Receipt(TlogProof proof, byte[] salt, byte[] record) {
        this.proof = proof;
        this.salt = salt;
        this.record = record;
    }

    /**
     * The receipt for a record.
     *
     * @param salt 32 bytes
     * @param record canonical bytes, as stored
     * @param inclusion in the tree of the checkpoint
     * @param checkpoint signed, with whatever cosignatures there are
     */
    public static Receipt of(
            byte[] salt, byte[] record, InclusionProof inclusion, Note checkpoint) {
        LeafEncoding.commitment(salt, record);
        byte[] extra = Arrays.copyOf(salt, salt.length + record.length);
        System.arraycopy(record, 0, extra, salt.length, record.length);
        return new Receipt(
                TlogProof.of(extra, inclusion, checkpoint), salt.clone(), record.clone());
    }

    /**
     * Reads a receipt. Nothing in it is verified yet: that is {@link ReceiptVerifier}'s.
     *
     * @throws NoteException if it is no tlog-proof
     * @throws JsonException if it has no salt and record
     */
    public static Receipt parse(String text) throws NoteException, JsonException {
        return of(TlogProof.parse(text));
    }

    /** Reads a receipt from its bytes, which are UTF-8. */
    public static Receipt parse(byte[] text) throws NoteException, JsonException {
        return of(TlogProof.parse(text));
    }

    /** The text, {@code text/plain}, for a file {@code .tlog-proof}. */
    public String format() {
        return proof.format();
    }

    public TlogProof proof() {
        return proof;
    }

    /**
     * The record.
     *
     * @throws JsonException if its bytes are not canonical JSON
     */
    public JsonObject record() throws JsonException {
        return CanonicalJson.parseCanonicalObject(record);
    }

    /** Whether the record's bytes are the canonical ones of this record. */
    boolean isOf(JsonObject other) {
        return record.length <= CanonicalJson.MAX_BYTES
                && Arrays.equals(CanonicalJson.write(other), record);
    }

    /** The hash of the log entry that salt and record make. */
    public Hash leafHash() {
        Hash commitment = LeafEncoding.commitment(salt, record);
        return new Entry(Entry.Type.CONSENT_RECORD, commitment).leafHash();
    }

    private static Receipt of(TlogProof proof) throws NoteException, JsonException {
        Checkpoint.parse(proof.checkpoint().text());
        byte[] extra = proof.extraBytes().orElse(new byte[0]);
        if (extra.length <= LeafEncoding.SALT_LENGTH) {
            throw JsonException.notAllowed("", "a receipt has a salt and a record");
        }
        byte[] salt = Arrays.copyOf(extra, LeafEncoding.SALT_LENGTH);
        byte[] record = Arrays.copyOfRange(extra, LeafEncoding.SALT_LENGTH, extra.length);
        return new Receipt(proof, salt, record);
    }
}
