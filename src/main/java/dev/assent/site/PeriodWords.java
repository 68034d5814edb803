// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Periods for operators, in English: {@code 13 months} for {@code P13M} (ISO 8601). */
final class PeriodWords {
    private static final Pattern FORM =
            Pattern.compile(
                    "P(?:(\\d{1,9})Y)?(?:(\\d{1,9})M)?(?:(\\d{1,9})W)?(?:(\\d{1,9})D)?"
                            + "(?:T(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9})S)?)?");

    /** In the order of the form's groups. */
    private static final List<String> UNITS =
            List.of("year", "month", "week", "day", "hour", "minute", "second");

    private PeriodWords() {}

    /** The words for {@code period}; itself if it is of another form. */
    static String of(String period) {
        Matcher matcher = FORM.matcher(period);
        if (!matcher.matches()) {
            return period;
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < UNITS.size(); i++) {
            int count = matcher.group(i + 1) == null ? 0 : Integer.parseInt(matcher.group(i + 1));
            if (count > 0) {
                parts.add(count + " " + UNITS.get(i) + (count == 1 ? "" : "s"));
            }
        }
        return parts.isEmpty() ? period : String.join(", ", parts);
    }
}
