// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.Hash;
import dev.assent.merkle.InvalidProofException;
import dev.assent.note.Checkpoint;
import dev.assent.note.NoteException;
import dev.assent.note.TlogProof;
import dev.assent.receipt.JsonException.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A public document whose hash is in the log, with the proof: in JSON {@code
 * {"document":{…},"proof":"…"}}.
 *
 * <p>Never changes, so what is computed or verified of it is kept. Not for several threads.
 */
public final class LoggedDocument {
    private final JsonObject document;
    private final String proof;
    private @Nullable Canonical canonical;
    private @Nullable TlogProof parsed;
    private @Nullable Proven proven;

    private record Canonical(Hash hash, int length) {}

    private record Proven(Entry.Type type, Checkpoint checkpoint) {}

    /**
     * @param document an artefact, or a statement of erasure
     * @param proof the text of a tlog-proof without anything extra
     */
    public LoggedDocument(JsonObject document, String proof) {
        this.document = document;
        this.proof = proof;
    }

    static LoggedDocument parse(JsonObject json) throws JsonException {
        Members.requireOnly(json, "document", "proof");
        return new LoggedDocument(json.object("document"), json.text("proof"));
    }

    public JsonObject document() {
        return document;
    }

    public String proof() {
        return proof;
    }

    JsonObject json() {
        return JsonObject.builder().put("document", document).put("proof", proof).build();
    }

    /**
     * SHA-256 of the canonical document.
     *
     * @param type of the entry that names it
     * @throws JsonException if it has more bytes than such a document may have: {@link
     *     CanonicalJson#MAX_ARTEFACT_BYTES} or {@link CanonicalJson#MAX_BYTES}
     */
    Hash hash(Entry.Type type) throws JsonException {
        if (canonical == null) {
            byte[] bytes = CanonicalJson.write(document);
            canonical = new Canonical(Hash.of(bytes), bytes.length);
        }
        int max =
                type == Entry.Type.ARTEFACT
                        ? CanonicalJson.MAX_ARTEFACT_BYTES
                        : CanonicalJson.MAX_BYTES;
        if (canonical.length() > max) {
            throw new JsonException(Kind.TOO_LARGE, "", "a document has at most " + max + " bytes");
        }
        return canonical.hash();
    }

    TlogProof parseProof() throws NoteException {
        if (parsed == null) {
            parsed = TlogProof.parse(proof);
        }
        return parsed;
    }

    /**
     * Verifies that the document's entry is under a checkpoint, which is {@linkplain
     * SignedCheckpoints signed}. What was verified under it before is so still.
     *
     * @throws InvalidProofException if it is not
     */
    void verify(Entry.Type type, Checkpoint checkpoint)
            throws NoteException, JsonException, InvalidProofException {
        Proven claimed = new Proven(type, checkpoint);
        if (!claimed.equals(proven)) {
            Hash leafHash = new Entry(type, hash(type)).leafHash();
            parseProof().inclusion(checkpoint.size()).verify(leafHash, checkpoint.root());
            proven = claimed;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoggedDocument logged
                && document.equals(logged.document)
                && proof.equals(logged.proof);
    }

    @Override
    public int hashCode() {
        return Objects.hash(document, proof);
    }

    /** The document's keys alone. */
    @Override
    public String toString() {
        return "LoggedDocument[" + document + "]";
    }
}
