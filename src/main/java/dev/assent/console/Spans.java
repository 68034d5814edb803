// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import java.time.Period;

/** Periods of the calendar in words, for pages of other rooms of the console. */
public final class Spans {
    private Spans() {}

    /** Such as {@code 2 years}. */
    public static String words(Period period) {
        return SiteForm.words(period.toString());
    }
}
