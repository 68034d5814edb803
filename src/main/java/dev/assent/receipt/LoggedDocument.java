// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.Hash;
import dev.assent.note.NoteException;
import dev.assent.note.TlogProof;

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

    /** SHA-256 of the canonical document. */
    Hash hash() {
        return Hash.of(CanonicalJson.write(document));
    }

    TlogProof parseProof() throws NoteException {
        return TlogProof.parse(proof);
    }
}
