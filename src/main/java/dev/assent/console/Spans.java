// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.site.PolicyTexts;
import java.time.Period;

/** Periods of the calendar in words, everywhere in the console the same. */
public final class Spans {
    private Spans() {}

    /** Such as {@code 2 years}, also for {@code P24M}. */
    public static String words(Period period) {
        return PolicyTexts.period(period.toString());
    }
}
