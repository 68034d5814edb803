// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.Hash;
import dev.assent.note.NoteException;
import dev.assent.note.TlogProof;
import dev.assent.receipt.JsonException.Kind;

/**
 * A public document whose hash is in the log, with the proof: in JSON {@code
 * {"document":{…},"proof":"…"}}.
 *
 * @param document an artefact, or a statement of erasure
 * @param proof the text of a tlog-proof without anything extra
 */
public record LoggedDocument(JsonObject document, String proof) {
    static LoggedDocument parse(JsonObject json) throws JsonException {
        Members.requireOnly(json, "document", "proof");
        return new LoggedDocument(json.object("document"), json.text("proof"));
    }

    JsonObject json() {
        return JsonObject.builder().put("document", document).put("proof", proof).build();
    }

    /**
     * SHA-256 of the canonical document.
     *
     * @throws JsonException if that has more than {@link CanonicalJson#MAX_BYTES} bytes
     */
    Hash hash() throws JsonException {
        byte[] canonical = CanonicalJson.write(document);
        if (canonical.length > CanonicalJson.MAX_BYTES) {
            throw new JsonException(
                    Kind.TOO_LARGE,
                    "",
                    "a document has at most " + CanonicalJson.MAX_BYTES + " bytes");
        }
        return Hash.of(canonical);
    }

    TlogProof parseProof() throws NoteException {
        return TlogProof.parse(proof);
    }
}
