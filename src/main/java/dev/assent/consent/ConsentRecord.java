// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.Entry;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.receipt.LeafEncoding;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A choice accepted and stored; never changed, only erased.
 *
 * <p>Arrays are not copied, as every visitor's record passes here: nobody writes into them.
 *
 * @param id UUIDv7, given by the widget
 * @param seq 1, 2, 3 … within the site, without gaps
 * @param index of its entry in the log
 * @param recordedAt by this service's clock, in whole milliseconds
 * @param expiresAt when the visitor is asked again: {@code recordedAt} and the policy's lifetime
 * @param salt 32 bytes that stand in this record's row and nowhere else
 * @param document the canonical record (formats §2)
 */
@SuppressWarnings("ArrayRecordComponent")
public record ConsentRecord(
        UUID id,
        long seq,
        long index,
        Instant recordedAt,
        Instant expiresAt,
        byte[] salt,
        byte[] document) {

    /** The hash that ties the log to this record: 32 bytes. */
    public Hash commitment() {
        return LeafEncoding.commitment(salt, document);
    }

    /** The entry that stands for this record in the log. */
    Entry entry() {
        return new Entry(Entry.Type.CONSENT_RECORD, commitment());
    }

    /** The canonical record, read. */
    public JsonObject content() {
        try {
            return CanonicalJson.parseObject(document);
        } catch (JsonException e) {
            throw new IllegalStateException("record " + id + " is not stored as it was written", e);
        }
    }

    /** The canonical record as maps, which the framework writes. */
    Map<String, Object> plainContent() {
        return plain(content());
    }

    /** Where the policy is read that the choice was made under. */
    public String artefactPath() {
        return "/v1/artefacts/" + policySha256().hex();
    }

    /** The hash of the policy artefact that the choice was made under. */
    Hash policySha256() {
        return policySha256(document);
    }

    /**
     * The same of a record of which only the document is at hand.
     *
     * @param document the canonical record, as stored
     */
    static Hash policySha256(byte[] document) {
        try {
            return Hash.fromHex(CanonicalJson.parseObject(document).text("policy", "sha256"));
        } catch (JsonException e) {
            throw new IllegalStateException("a stored record names no policy", e);
        }
    }

    /** Nothing but the id, which is all that may reach a log line. */
    @Override
    public String toString() {
        return "ConsentRecord " + id;
    }

    /** Objects, texts, integers and booleans only. */
    private static Map<String, Object> plain(JsonObject object) {
        var members = new LinkedHashMap<String, Object>();
        object.members()
                .forEach((key, value) ->
                        members.put(
                                key,
                                switch (value) {
                                    case JsonObject inner -> plain(inner);
                                    case JsonValue.Text text -> text.value();
                                    case JsonValue.Int integer -> integer.value();
                                    case JsonValue.Bool bool -> bool.value();
                                    case JsonValue.Array array ->
                                            throw new IllegalStateException(
                                                    "a record has no array, but "
                                                            + array.values().size());
                                }));
        return members;
    }
}
