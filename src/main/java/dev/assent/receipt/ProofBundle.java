// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.Hash;
import dev.assent.note.TlogProof;
import dev.assent.receipt.JsonValue.Array;
import dev.assent.receipt.JsonValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A receipt and all that is needed to understand it, as one JSON document (formats §7):
 *
 * <pre>
 * {"type":"assent/proof-bundle/v1","record":{…},"receipt":"…","artefact":{"document":{…},"proof":"…"},"vkey":"…"}
 * </pre>
 *
 * <p>Where the receipt was asked for with the size of a checkpoint kept earlier, there is a member
 * more: the {@link Consistency} of the receipt's checkpoint with that one.
 *
 * @param record the same as in the receipt, to be read by people and programs
 * @param receipt the text of a {@link Receipt}
 * @param artefact the policy artefact that the record names
 * @param vkey the log's key; trusting it is trust on first use
 * @param consistency of the receipt's checkpoint with one kept earlier
 */
public record ProofBundle(
        JsonObject record,
        String receipt,
        LoggedDocument artefact,
        String vkey,
        Optional<Consistency> consistency) {
    /** The most bytes in a bundle that is read: an artefact's, and as many as in a receipt. */
    public static final int MAX_BYTES = CanonicalJson.MAX_ARTEFACT_BYTES + TlogProof.MAX_BYTES;

    static final String TYPE = "assent/proof-bundle/v1";

    private static final String ARTEFACT = "artefact";
    private static final String CONSISTENCY = Consistency.MEMBER;

    /**
     * The path from a tree of {@code first} entries to that of a checkpoint, as a member of a
     * bundle or tombstone: {@code "consistency":{"first":15,"path":["…"]}}.
     *
     * @param first the smaller of the two sizes; of the larger only the checkpoint decides
     * @param path at most 128 hashes
     */
    public record Consistency(long first, List<Hash> path) {
        static final String MEMBER = "consistency";

        private static final int MAX_PATH = 128;

        public Consistency {
            path = List.copyOf(path);
        }

        /** That of a bundle or tombstone, if it has one. */
        static Optional<Consistency> find(JsonObject json) throws JsonException {
            return json.find(MEMBER).isPresent()
                    ? Optional.of(parse(json.object(MEMBER)))
                    : Optional.empty();
        }

        private static Consistency parse(JsonObject json) throws JsonException {
            Members.requireOnly(json, "first", "path");
            List<JsonValue> values = json.array("path");
            if (json.integer("first") < 0 || values.size() > MAX_PATH) {
                throw JsonException.notAllowed("/consistency", "not a size and a path");
            }
            List<Hash> path = new ArrayList<>();
            for (JsonValue value : values) {
                path.add(parseHash(value));
            }
            return new Consistency(json.integer("first"), path);
        }

        private static Hash parseHash(JsonValue value) throws JsonException {
            try {
                if (value instanceof Text text) {
                    return Hash.fromBase64(text.value());
                }
            } catch (IllegalArgumentException e) {
                // Refused below, together with what is no string.
            }
            throw JsonException.notAllowed("/consistency/path", "expected hashes in base64");
        }

        JsonObject json() {
            List<JsonValue> hashes = new ArrayList<>();
            path.forEach(hash -> hashes.add(new Text(hash.base64())));
            return JsonObject.builder().put("first", first).put("path", new Array(hashes)).build();
        }

        ConsistencyProof to(long second) {
            return new ConsistencyProof(first, second, path);
        }
    }

    /**
     * Reads a bundle. Nothing in it is verified yet.
     *
     * @throws JsonException if it has another form
     */
    public static ProofBundle parse(JsonObject json) throws JsonException {
        Members.requireOnly(json, "type", "record", "receipt", ARTEFACT, "vkey", CONSISTENCY);
        return of(json, LoggedDocument.parse(json.object(ARTEFACT)));
    }

    /** Reads the members of a bundle beside its artefact, which is read already. */
    static ProofBundle parse(JsonObject others, LoggedDocument artefact) throws JsonException {
        Members.requireOnly(others, "type", "record", "receipt", "vkey", CONSISTENCY);
        return of(others, artefact);
    }

    private static ProofBundle of(JsonObject json, LoggedDocument artefact) throws JsonException {
        Members.requireType(json, TYPE);
        return new ProofBundle(
                json.object("record"),
                json.text("receipt"),
                artefact,
                json.text("vkey"),
                Consistency.find(json));
    }

    /** The JSON document. */
    public JsonObject json() {
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("type", TYPE)
                        .put("record", record)
                        .put("receipt", receipt)
                        .put(ARTEFACT, artefact.json())
                        .put("vkey", vkey);
        consistency.ifPresent(proof -> json.put(CONSISTENCY, proof.json()));
        return json.build();
    }
}
