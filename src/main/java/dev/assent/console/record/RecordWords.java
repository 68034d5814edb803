// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.consent.ConsentRecord;
import dev.assent.consent.SiteRecords;
import dev.assent.console.Moments;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records and tombstones as a list tells them. */
final class RecordWords {
    /** The first line of the table that {@link #csv} makes the others of. */
    static final String CSV_HEAD =
            "seq,id,recordedAt,occurredAt,expiresAt,action,source,granted,refused,version,sha256,"
                    + "language,layout,region,subject,index\r\n";

    private RecordWords() {}

    /**
     * @param required ids of the purposes that its policy requires
     */
    static RecordsPage.Row row(ConsentRecord record, Set<String> required) {
        JsonObject content = record.content();
        Answered answered = Answered.of(record, required);
        try {
            return new RecordsPage.Row(
                    record.id().toString(),
                    record.seq(),
                    Moments.of(record.recordedAt()),
                    did(record),
                    answered.words(),
                    answered.aside(),
                    content.integer("policy", "version"),
                    content.text("language"));
        } catch (JsonException e) {
            throw new IllegalStateException("cannot read " + record, e);
        }
    }

    static RecordPage.Neighbour neighbour(ConsentRecord record) {
        return new RecordPage.Neighbour(
                record.id().toString(), record.seq(), Moments.of(record.recordedAt()), did(record));
    }

    static RecordsPage.Gone gone(SiteRecords.Tombstone tombstone) {
        return new RecordsPage.Gone(
                tombstone.seq(), Moments.of(tombstone.erasedAt()), why(tombstone.reason()));
    }

    /** Why a record is no more. */
    static String why(String reason) {
        return switch (reason) {
            case "retention" ->
                    "Its time was over: it had expired, and the site’s retention ended.";
            case "request" -> "At a request, of the visitor or of an operator for them.";
            case "site-removed" -> "The site was removed, and its retention ended.";
            default -> reason;
        };
    }

    /** Ids of the purposes that are on, or those that are off, in their order. */
    static List<String> purposes(ConsentRecord record, boolean on) {
        try {
            return record.content().object("choices").members().entrySet().stream()
                    .filter(choice -> choice.getValue().equals(new JsonValue.Bool(on)))
                    .map(Map.Entry::getKey)
                    .toList();
        } catch (JsonException e) {
            throw new IllegalStateException("cannot read " + record, e);
        }
    }

    /** The banner that this choice was made on; nothing where none was drawn. */
    static RecordPage.@Nullable Replay replay(ConsentRecord record) {
        JsonObject content = record.content();
        String source = text(content, "source");
        if (!source.equals("banner") && !source.equals("preferences")) {
            return null;
        }
        String replay = record.artefactPath() + "/replay";
        String language = "?language=" + text(content, "language");
        String layout = text(content, "layout");
        return new RecordPage.Replay(
                replay + language + "&layout=" + layout,
                replay + "/frame" + language,
                layout.equals("mobile"));
    }

    /** One line of a table for programs (RFC 4180). Nothing in it was typed by a visitor. */
    static String csv(ConsentRecord record) {
        JsonObject content = record.content();
        return List.of("seq", "id", "recordedAt", "occurredAt", "expiresAt", "action", "source")
                        .stream()
                        .map(key -> text(content, key))
                        .collect(Collectors.joining(","))
                + ","
                + String.join(" ", purposes(record, true))
                + ","
                + String.join(" ", purposes(record, false))
                + List.of("version", "sha256").stream()
                        .map(key -> "," + text(content, "policy", key))
                        .collect(Collectors.joining())
                + List.of("language", "layout", "region", "subject").stream()
                        .map(key -> "," + text(content, key))
                        .collect(Collectors.joining())
                + ","
                + record.index()
                + "\r\n";
    }

    private static String did(ConsentRecord record) {
        String action = text(record.content(), "action");
        return RecordQuery.ACTIONS.stream()
                .filter(it -> it.getKey().equals(action))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(action);
    }

    private static String text(JsonObject object, String... path) {
        return object.find(path)
                .map(value ->
                        switch (value) {
                            case JsonValue.Text text -> text.value();
                            case JsonValue.Int number -> Long.toString(number.value());
                            default -> "";
                        })
                .orElse("");
    }
}
