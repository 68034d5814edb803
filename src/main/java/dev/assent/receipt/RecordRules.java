// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Step 7: what must agree between a record and the artefact that it names. */
final class RecordRules {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC)
                    .withResolverStyle(ResolverStyle.STRICT);

    private static final int INSTANT_LENGTH = "2026-11-21T10:00:03.480Z".length();

    /** What ISO 8601 has of calendar periods, without signs: {@code P6M}, {@code P1Y6M2W3D}. */
    private static final Pattern LIFETIME =
            Pattern.compile("P(?=[0-9])([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}W)?([0-9]{1,4}D)?");

    private final JsonObject record;
    private final JsonObject artefact;

    RecordRules(JsonObject record, JsonObject artefact) {
        this.record = record;
        this.artefact = artefact;
    }

    void check() throws Refusal, JsonException {
        require(record.text("site").equals(artefact.text("site")), "another site");
        require(
                record.integer("policy", "version") == artefact.integer("version"),
                "another version of the policy");
        checkPurposes();
        require(
                artefact.object("texts").keys().contains(record.text("language")),
                "the artefact has no text in the record's language");
        checkExpiry();
    }

    private void checkPurposes() throws Refusal, JsonException {
        Set<String> purposes = new HashSet<>();
        for (JsonValue value : artefact.array("purposes")) {
            if (!(value instanceof JsonObject purpose)) {
                throw JsonException.notAllowed("/purposes", "expected objects");
            }
            String id = purpose.text("id");
            purposes.add(id);
            require(record.find("choices", id).isPresent(), "a purpose is not answered");
            boolean granted = record.bool("choices", id);
            boolean required = purpose.find("required").isPresent() && purpose.bool("required");
            require(granted || !required, "a required purpose is refused");
        }
        require(
                purposes.equals(record.object("choices").keys()),
                "a purpose is answered that the artefact does not have");
    }

    /** A month more is the same day of that month, or its last where it is shorter, in UTC. */
    private void checkExpiry() throws Refusal, JsonException {
        try {
            Period lifetime = lifetime();
            Instant expected =
                    instant("recordedAt").atOffset(ZoneOffset.UTC).plus(lifetime).toInstant();
            require(
                    instant("expiresAt").equals(expected),
                    "expiresAt is not recordedAt and the policy's lifetime");
        } catch (DateTimeException | ArithmeticException e) {
            throw new Refusal(Step.RULES, "a time or lifetime of another form");
        }
    }

    private Period lifetime() throws JsonException {
        String text = artefact.text("lifetime");
        if (!LIFETIME.matcher(text).matches()) {
            throw new DateTimeException("a lifetime of another form");
        }
        return Period.parse(text);
    }

    /** The formatter alone would take years of more than four digits, which have a sign. */
    private Instant instant(String key) throws JsonException {
        String text = record.text(key);
        if (text.length() != INSTANT_LENGTH) {
            throw new DateTimeException("a time of another form");
        }
        return INSTANT.parse(text, Instant::from);
    }

    private static void require(boolean holds, String otherwise) throws Refusal {
        if (!holds) {
            throw new Refusal(Step.RULES, otherwise);
        }
    }
}
