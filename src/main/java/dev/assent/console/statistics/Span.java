// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.statistics;

import dev.assent.account.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The days that statistics are of, in UTC.
 *
 * @param last one of {@link #PRESETS}; empty where the days are given
 * @param from the first
 * @param to the last
 */
public record Span(String last, LocalDate from, LocalDate to) {
    /** Up to today, with their words. */
    public static final List<Map.Entry<String, String>> PRESETS =
            List.of(
                    Map.entry("7", "7 days"),
                    Map.entry("30", "30 days"),
                    Map.entry("90", "90 days"),
                    Map.entry("365", "A year"));

    private static final String USUAL = "30";
    private static final int LONGEST = 1_100;
    private static final int DAYS_ONE_BY_ONE = 62;
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2999, 12, 31);

    /** The usual one. */
    static Span usual(LocalDate today) {
        return preset(USUAL, today);
    }

    /**
     * What was asked for.
     *
     * @param parameters by name; an absent one is empty
     * @throws Refusal at the field that cannot be read
     */
    static Span of(UnaryOperator<String> parameters, LocalDate today) {
        String from = parameters.apply("from").strip();
        String to = parameters.apply("to").strip();
        String last = parameters.apply("last");
        if (!last.isEmpty() && PRESETS.stream().anyMatch(it -> it.getKey().equals(last))) {
            return preset(last, today);
        }
        if (from.isEmpty() && to.isEmpty()) {
            return usual(today);
        }
        LocalDate end = to.isEmpty() ? today : day("to", to);
        LocalDate begin = from.isEmpty() ? end.minusDays(29) : day("from", from);
        if (begin.isAfter(end)) {
            throw new Refusal("to", "The last day lies before the first.");
        }
        if (ChronoUnit.DAYS.between(begin, end) >= LONGEST) {
            throw new Refusal("from", "Choose at most 1,100 days.");
        }
        return new Span("", begin, end);
    }

    private static Span preset(String last, LocalDate today) {
        return new Span(last, today.minusDays(Integer.parseInt(last) - 1L), today);
    }

    private static LocalDate day(String field, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (!day.isBefore(EARLIEST) && !day.isAfter(LATEST)) {
                return day;
            }
        } catch (DateTimeException e) {
            throw new Refusal(field, "Give a day such as 2026-11-21.");
        }
        throw new Refusal(field, "Give a day such as 2026-11-21.");
    }

    /** The day after the last. */
    LocalDate end() {
        return to.plusDays(1);
    }

    /** Whether days are put together to weeks, which begin on Mondays. */
    public boolean isByWeek() {
        return ChronoUnit.DAYS.between(from, to) >= DAYS_ONE_BY_ONE;
    }

    /** The day, or the Monday of its week. */
    LocalDate bucket(LocalDate day) {
        return isByWeek() ? day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)) : day;
    }

    /** All days or weeks, in order. */
    Stream<LocalDate> buckets() {
        return bucket(from).datesUntil(end()).filter(day -> day.equals(bucket(day)));
    }

    /** What follows the question mark. */
    public String query() {
        return last.isEmpty() ? "from=" + encoded(from) + "&to=" + encoded(to) : "last=" + last;
    }

    private static String encoded(LocalDate day) {
        return URLEncoder.encode(day.toString(), StandardCharsets.UTF_8);
    }
}
