// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.Hash;
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
 * more, {@code "consistency":{"first":15,"path":["…"]}}: the proof from that size to the receipt's.
 *
 * @param record the same as in the receipt, to be read by people and programs
 * @param receipt the text of a {@link Receipt}
 * @param artefact the policy artefact that the record names
 * @param vkey the log's key; trusting it is trust on first use
 * @param consistency {@code first} and path; of the second size only the receipt's checkpoint
 *     decides
 */
public record ProofBundle(
        JsonObject record,
        String receipt,
        LoggedDocument artefact,
        String vkey,
        Optional<Consistency> consistency) {
    /** The most bytes in a bundle that is read. */
    public static final int MAX_BYTES = 128 * 1024;

    static final String TYPE = "assent/proof-bundle/v1";

    private static final int MAX_CONSISTENCY_PATH = 128;

    /** The path of a consistency proof from a tree of {@code first} entries. */
    public record Consistency(long first, List<Hash> path) {
        public Consistency {
            path = List.copyOf(path);
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
        Members.requireType(json, TYPE);
        Members.requireOnly(json, "type", "record", "receipt", "artefact", "vkey", "consistency");
        return new ProofBundle(
                json.object("record"),
                json.text("receipt"),
                LoggedDocument.parse(json.object("artefact")),
                json.text("vkey"),
                json.find("consistency").isPresent()
                        ? Optional.of(parseConsistency(json.object("consistency")))
                        : Optional.empty());
    }

    /** The JSON document. */
    public JsonObject json() {
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("type", TYPE)
                        .put("record", record)
                        .put("receipt", receipt)
                        .put("artefact", artefact.json())
                        .put("vkey", vkey);
        consistency.ifPresent(proof -> json.put("consistency", consistencyJson(proof)));
        return json.build();
    }

    private static Consistency parseConsistency(JsonObject json) throws JsonException {
        Members.requireOnly(json, "first", "path");
        List<JsonValue> values = json.array("path");
        if (json.integer("first") < 0 || values.size() > MAX_CONSISTENCY_PATH) {
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

    private static JsonObject consistencyJson(Consistency proof) {
        List<JsonValue> path = new ArrayList<>();
        proof.path().forEach(hash -> path.add(new Text(hash.base64())));
        return JsonObject.builder()
                .put("first", proof.first())
                .put("path", new Array(path))
                .build();
    }
}
