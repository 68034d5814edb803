// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.Hash;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * What an operator did, as the log commits to it (formats §4): an entry of type 0x04 over a
 * statement that says when, and a commitment to the rest with a salt of the event's own. So the log
 * is public and the trail is not, and neither can be changed without the other.
 *
 * @param document the canonical event; names persons
 * @param salt 32 fresh random bytes
 */
@SuppressWarnings("ArrayRecordComponent") // carried along, compared never
public record OperatorEvent(byte[] document, byte[] salt, String at) {
    /** Bytes in a salt. */
    public static final int SALT_LENGTH = LeafEncoding.SALT_LENGTH;

    /** What the statement in the log is called. */
    public static final String NAME = "operator";

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /**
     * An event.
     *
     * @param number of the event, which grows within an installation
     * @param action such as {@code role-changed}
     * @param subject what it was done to, in words
     * @param who {@code operator}, {@code name} and {@code email}; or {@code key} and {@code name};
     *     or nothing, for whoever runs the machine
     */
    public record Facts(
            long number, String action, String subject, Map<String, String> who, Instant at) {}

    /** The event, ready to be logged. */
    public static OperatorEvent of(Facts facts, byte[] salt) {
        String at = INSTANT.format(facts.at());
        JsonObject.Builder who = JsonObject.builder();
        facts.who().forEach(who::put);
        JsonObject event =
                JsonObject.builder()
                        .put("v", 1)
                        .put("number", facts.number())
                        .put("action", facts.action())
                        .put("subject", facts.subject())
                        .put("who", who.build())
                        .put("at", at)
                        .build();
        return new OperatorEvent(CanonicalJson.write(event), salt, at);
    }

    /** The statement, which anybody may read. */
    public JsonObject statement() {
        return JsonObject.builder()
                .put("v", 1)
                .put("event", NAME)
                .put("at", at)
                .put("commitment", LeafEncoding.eventCommitment(salt, document).hex())
                .build();
    }

    /** Canonical. */
    public byte[] statementBytes() {
        return CanonicalJson.write(statement());
    }

    /** What the log stores. */
    public Entry entry() {
        return new Entry(Entry.Type.LOG_EVENT, Hash.of(statementBytes()));
    }

    /** Without the event. */
    @Override
    public String toString() {
        return "event of " + at;
    }
}
