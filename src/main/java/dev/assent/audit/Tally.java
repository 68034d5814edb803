// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import dev.assent.consent.ExportLine;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts records while they pass. As large as the policy is, however many pass. Not for several
 * threads.
 */
final class Tally {
    private final SortedMap<String, Long> actions = new TreeMap<>();
    private final SortedMap<String, Long> sources = new TreeMap<>();
    private final SortedMap<String, Long> layouts = new TreeMap<>();
    private final SortedMap<String, Long> erasures = new TreeMap<>();
    private final SortedMap<String, Long> refused = new TreeMap<>();
    private final SortedMap<Long, Version> versions = new TreeMap<>();
    private long records;
    private long erased;

    /** What was recorded under one version. */
    static final class Version {
        private final String sha256;
        private final SortedMap<String, Long> languages = new TreeMap<>();
        private final SortedMap<String, Long> on = new TreeMap<>();
        private long records;
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;

        Version(String sha256) {
            this.sha256 = sha256;
        }

        String sha256() {
            return sha256;
        }

        SortedMap<String, Long> languages() {
            return languages;
        }

        /** How often each purpose was on, asked for or not. */
        SortedMap<String, Long> on() {
            return on;
        }

        long records() {
            return records;
        }

        Instant first() {
            return first;
        }

        Instant last() {
            return last;
        }

        private void add(String language, Instant at) {
            records++;
            languages.merge(language, 1L, Long::sum);
            first = at.isBefore(first) ? at : first;
            last = at.isAfter(last) ? at : last;
        }
    }

    void add(ExportLine line) {
        try {
            if (line.isErased()) {
                erased++;
                erasures.merge(line.document().text("reason"), 1L, Long::sum);
            } else {
                records++;
                add(line.document());
            }
        } catch (JsonException e) {
            throw new IllegalStateException("a document is not stored as it was written", e);
        }
    }

    private void add(JsonObject record) throws JsonException {
        actions.merge(record.text("action"), 1L, Long::sum);
        sources.merge(record.text("source"), 1L, Long::sum);
        layouts.merge(record.text("layout"), 1L, Long::sum);
        String sha256 = record.text("policy", "sha256");
        Version version =
                versions.computeIfAbsent(
                        record.integer("policy", "version"), key -> new Version(sha256));
        version.add(record.text("language"), Instant.parse(record.text("recordedAt")));
        for (Map.Entry<String, JsonValue> choice : record.object("choices").members().entrySet()) {
            boolean on = choice.getValue().equals(new JsonValue.Bool(true));
            (on ? version.on() : refused).merge(choice.getKey(), 1L, Long::sum);
        }
    }

    SortedMap<String, Long> actions() {
        return actions;
    }

    SortedMap<String, Long> sources() {
        return sources;
    }

    SortedMap<String, Long> layouts() {
        return layouts;
    }

    SortedMap<String, Long> erasures() {
        return erasures;
    }

    SortedMap<String, Long> refused() {
        return refused;
    }

    SortedMap<Long, Version> versions() {
        return versions;
    }

    long records() {
        return records;
    }

    long erased() {
        return erased;
    }
}
