// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.receipt.ProofBundle.Consistency;
import java.util.Optional;
import java.util.Set;

/**
 * What stands in an export for a record that was erased:
 *
 * <pre>
 * {"type":"assent/tombstone/v1","site":"…","seq":7,"index":4711,"erasure":{"document":{…},"proof":"…"},"vkey":"…"}
 * </pre>
 *
 * <p>The document is the statement of erasure whose entry the log holds, {@code
 * {"v":1,"site":…,"first":…,"last":…,"reason":…,"at":…}}; its numbers take in this one's.
 *
 * <p>It may carry the same {@code consistency} as a {@link ProofBundle}.
 *
 * @param seq the record's number within the site, from 1, which it keeps
 * @param index of the record's entry, which stays in the log; only claimed, since nothing is left
 *     that could prove it
 * @param erasure the statement and its proof
 * @param vkey the log's key; trusting it is trust on first use
 * @param consistency of the checkpoint in the proof with one kept earlier
 */
public record Tombstone(
        String site,
        long seq,
        long index,
        LoggedDocument erasure,
        String vkey,
        Optional<Consistency> consistency) {
    static final String TYPE = "assent/tombstone/v1";

    private static final Set<String> REASONS = Set.of("retention", "request", "site-removed");

    /**
     * Reads a tombstone. Nothing in it is verified yet.
     *
     * @throws JsonException if it has another form
     */
    public static Tombstone parse(JsonObject json) throws JsonException {
        Members.requireType(json, TYPE);
        Members.requireOnly(
                json, "type", "site", "seq", "index", "erasure", "vkey", Consistency.MEMBER);
        if (json.integer("seq") < 1 || json.integer("index") < 0) {
            throw JsonException.notAllowed("", "a record's number is from 1, an index from 0");
        }
        return new Tombstone(
                json.text("site"),
                json.integer("seq"),
                json.integer("index"),
                LoggedDocument.parse(json.object("erasure")),
                json.text("vkey"),
                Consistency.find(json));
    }

    /** The JSON document. */
    public JsonObject json() {
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("type", TYPE)
                        .put("site", site)
                        .put("seq", seq)
                        .put("index", index)
                        .put("erasure", erasure.json())
                        .put("vkey", vkey);
        consistency.ifPresent(proof -> json.put(Consistency.MEMBER, proof.json()));
        return json.build();
    }

    /** Whether the statement is one of erasure, for this site, and takes in this number. */
    boolean isStated() throws JsonException {
        JsonObject statement = erasure.document();
        return statement.integer("v") == 1
                && statement.text("site").equals(site)
                && statement.integer("first") <= seq
                && seq <= statement.integer("last")
                && REASONS.contains(statement.text("reason"));
    }
}
