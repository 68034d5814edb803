// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.web.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Time in words. */
public final class Moments {
    private static final DateTimeFormatter WORDS =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter TO_THE_MINUTE =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private Moments() {}

    /** To the second, as evidence wants it: {@code 22 November 2026, 13:31:05 UTC}. */
    public static Moment of(Instant instant) {
        return new Moment(Timestamps.format(instant), WORDS.format(instant));
    }

    /** In the same words to the minute, for all else. */
    public static Moment toTheMinute(Instant instant) {
        return new Moment(Timestamps.format(instant), TO_THE_MINUTE.format(instant));
    }

    /** A day: {@code 22 November 2026}. */
    public static Moment of(LocalDate day) {
        return new Moment(day.toString(), DAY.format(day));
    }

    /** What the browser's clock and ours say about each other. */
    public static String compare(Instant browser, Instant service) {
        Duration apart = Duration.between(browser, service).abs();
        if (apart.toSeconds() < 2) {
            return "Both clocks agree.";
        }
        String order = browser.isBefore(service) ? " before" : " after";
        return "By the browser’s clock it was " + words(apart) + order + " this service stored it.";
    }

    /** The two largest units, such as {@code 3 days 4 hours}. */
    static String words(Duration duration) {
        long[] counts = {
            duration.toDays(),
            duration.toHoursPart(),
            duration.toMinutesPart(),
            duration.toSecondsPart()
        };
        String[] units = {"day", "hour", "minute", "second"};
        int first = 0;
        while (first < 3 && counts[first] == 0) {
            first++;
        }
        String words = count(counts[first], units[first]);
        boolean more = first < 3 && counts[first + 1] > 0;
        return more ? words + " " + count(counts[first + 1], units[first + 1]) : words;
    }

    private static String count(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
