// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import dev.assent.consent.ExportLine;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import java.time.Instant;

/**
 * A number of a sample.
 *
 * @param index of the record's entry in the log
 * @param id of the record; empty if it is erased
 * @param what the action, such as {@code save}, or the reason of the erasure
 * @param at when it was recorded, or erased
 * @param version of the policy; 0 if it is erased
 * @param proven index of the entry that proves it: the record's own, or that of its erasure
 */
public record Drawn(
        long seq, long index, String id, String what, Instant at, long version, long proven) {
    public boolean isErased() {
        return id.isEmpty();
    }

    static Drawn of(ExportLine line) {
        try {
            return line.isErased() ? erased(line) : recorded(line);
        } catch (JsonException e) {
            throw new IllegalStateException("a document is not stored as it was written", e);
        }
    }

    private static Drawn recorded(ExportLine line) throws JsonException {
        JsonObject record = line.document();
        return new Drawn(
                line.seq(),
                line.index(),
                record.text("id"),
                record.text("action"),
                Instant.parse(record.text("recordedAt")),
                record.integer("policy", "version"),
                line.provenIndex());
    }

    private static Drawn erased(ExportLine line) throws JsonException {
        JsonObject statement = line.document();
        return new Drawn(
                line.seq(),
                line.index(),
                "",
                statement.text("reason"),
                Instant.parse(statement.text("at")),
                0,
                line.provenIndex());
    }
}
