// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.account.Refusal;
import dev.assent.consent.RecordSearch;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was typed into the search of records, as it was typed.
 *
 * @param q an id or a number; empty for none, like all others
 * @param from a day or an instant
 * @param to the same; a day is meant to its end
 * @param action one of {@link #ACTIONS}
 * @param purpose its id
 * @param answer {@code granted}, {@code refused} or empty
 * @param below where the page before ended
 */
public record RecordQuery(
        String q,
        String from,
        String to,
        String action,
        String purpose,
        String answer,
        String version,
        String below) {
    /** The value that asks for tombstones. */
    static final String ERASED = "erased";

    /** What may be looked for, with its words. */
    public static final List<Map.Entry<String, String>> ACTIONS =
            List.of(
                    Map.entry("", "Any"),
                    Map.entry("accept_all", "Everything accepted"),
                    Map.entry("reject_all", "Everything refused"),
                    Map.entry("save", "A selection saved"),
                    Map.entry("withdraw", "Withdrawn"),
                    Map.entry("gpc", "Refused by the browser’s signal"),
                    Map.entry(ERASED, "Erased records"));

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");
    private static final String DAY = "Give a day such as 2026-11-21.";

    /** Reads parameters by name; an absent one is empty. */
    static RecordQuery of(UnaryOperator<String> parameters) {
        return new RecordQuery(
                parameters.apply("q").strip(),
                parameters.apply("from").strip(),
                parameters.apply("to").strip(),
                parameters.apply("action"),
                parameters.apply("purpose").strip(),
                parameters.apply("answer"),
                parameters.apply("version").strip(),
                parameters.apply("below"));
    }

    /** Whether anything narrows the list. */
    public boolean isNarrow() {
        return Stream.of(from, to, action, purpose, answer, version).anyMatch(it -> !it.isEmpty());
    }

    boolean asksForErased() {
        return action.equals(ERASED);
    }

    /**
     * What the search takes.
     *
     * @throws Refusal at the field that cannot be read
     */
    RecordSearch.Query search() {
        if (purpose.isEmpty() && !answer.isEmpty()) {
            throw new Refusal("purpose", "Name the purpose that was granted or refused.");
        }
        return new RecordSearch.Query(
                seq(),
                at("from", from, 0),
                at("to", to, 1),
                knownAction(),
                knownVersion(),
                knownPurpose(),
                granted());
    }

    /** Smaller numbers than this are asked for. */
    long seq() {
        if (below.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (!below.matches("[1-9][0-9]{0,17}")) {
            throw new Refusal("", "That page of the list does not exist. Begin at its top.");
        }
        return Long.parseLong(below);
    }

    /**
     * The first moment that is meant.
     *
     * @throws Refusal if it cannot be read
     */
    @Nullable Instant start() {
        return at("from", from, 0);
    }

    /** The first moment that is not meant any more; as {@link #start}. */
    @Nullable Instant end() {
        return at("to", to, 1);
    }

    /** The same query for the records below a number, as what follows the question mark. */
    String below(long seq) {
        return encoded(Long.toString(seq));
    }

    /** The query without a place in the list, as what follows the question mark. */
    public String everything() {
        return encoded("");
    }

    private String encoded(String place) {
        return Stream.of(
                        Map.entry("from", from),
                        Map.entry("to", to),
                        Map.entry("action", action),
                        Map.entry("purpose", purpose),
                        Map.entry("answer", answer),
                        Map.entry("version", version),
                        Map.entry("below", place))
                .filter(field -> !field.getValue().isEmpty())
                .map(field ->
                        field.getKey()
                                + "="
                                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private @Nullable String knownAction() {
        if (action.isEmpty()) {
            return null;
        }
        if (ACTIONS.stream().noneMatch(it -> it.getKey().equals(action)) || asksForErased()) {
            throw new Refusal("action", "Choose one of the actions.");
        }
        return action;
    }

    private @Nullable Integer knownVersion() {
        if (version.isEmpty()) {
            return null;
        }
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw new Refusal("version", "Give the number of a version, such as 3.");
        }
        return Integer.valueOf(version);
    }

    private @Nullable String knownPurpose() {
        if (purpose.isEmpty()) {
            return null;
        }
        if (!purpose.matches("[A-Za-z][A-Za-z0-9_-]{0,99}")) {
            throw new Refusal("purpose", "Give the id of a purpose, such as analytics.");
        }
        return purpose;
    }

    private @Nullable Boolean granted() {
        return switch (answer) {
            case "" -> null;
            case "granted" -> true;
            case "refused" -> false;
            default -> throw new Refusal("answer", "Choose granted or refused.");
        };
    }

    private static @Nullable Instant at(String field, String text, int daysToAdd) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            Instant instant =
                    text.length() == "2026-11-21".length()
                            ? LocalDate.parse(text)
                                    .plusDays(daysToAdd)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                            : OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw new Refusal(field, DAY);
        }
        throw new Refusal(field, DAY);
    }
}
