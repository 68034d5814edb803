// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** Calendar periods as ISO 8601 writes them: {@code P6M}, {@code P180D}, {@code P1Y6M}. */
final class Periods {
    private static final Pattern FORM =
            Pattern.compile("P(?=.)(\\d{1,4}Y)?(\\d{1,4}M)?(\\d{1,4}W)?(\\d{1,4}D)?");

    /** Any day of four years: every month and a leap day at every distance. */
    private static final LocalDate FIRST_DAY = LocalDate.of(2027, 1, 1);

    private static final int DAYS = 4 * 365 + 1;

    private Periods() {}

    static Optional<Period> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(Period.parse(text)) : Optional.empty();
    }

    /**
     * The same period as people say it: {@code P2Y} for {@code P24M}, {@code P13M} for itself, and
     * {@code P2Y6M} for {@code P30M}. What is no such period stays as it is.
     */
    static String usual(String text) {
        return parse(text).map(Periods::usual).map(Period::toString).orElse(text);
    }

    /** Months are counted on to two years, as in law, but for a whole year. */
    private static Period usual(Period period) {
        long months = period.toTotalMonths();
        boolean inMonths = months < 24 && months % 12 != 0;
        return Period.of(
                inMonths ? 0 : (int) (months / 12),
                (int) (inMonths ? months : months % 12),
                period.getDays());
    }

    /** The fewest days that {@code period} can take: 181 for {@code P6M}. */
    static long shortestDays(Period period) {
        return days(period).min().orElseThrow();
    }

    /** Whether {@code period}, begun on whatever day, is over within {@code bound}. */
    static boolean isWithin(Period period, Period bound) {
        return LongStream.range(0, DAYS)
                .mapToObj(FIRST_DAY::plusDays)
                .noneMatch(day -> day.plus(period).isAfter(day.plus(bound)));
    }

    private static LongStream days(Period period) {
        return LongStream.range(0, DAYS)
                .mapToObj(FIRST_DAY::plusDays)
                .mapToLong(day -> ChronoUnit.DAYS.between(day, day.plus(period)));
    }
}
