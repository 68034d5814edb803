// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import java.time.Period;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Periods of the calendar in words. */
public final class Spans {
    private Spans() {}

    /** Such as {@code 24 months}. */
    public static String words(Period period) {
        return Stream.of(
                        count(period.getYears(), "year"),
                        count(period.getMonths(), "month"),
                        count(period.getDays(), "day"))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String count(int count, String unit) {
        return count == 0 ? "" : count + " " + unit + (count == 1 ? "" : "s");
    }
}
