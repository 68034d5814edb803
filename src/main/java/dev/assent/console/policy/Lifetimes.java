// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.site.PolicyTexts;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a tracker is kept, as people type it ({@code 13 months}) and as a draft has it. */
final class Lifetimes {
    private static final Pattern WORDS =
            Pattern.compile("(\\d{1,9}) ?(second|minute|hour|day|week|month|year)s?");

    /** What stands before and after the number in ISO 8601. */
    private static final Map<String, String[]> FORMS =
            Map.of(
                    "second", new String[] {"PT", "S"},
                    "minute", new String[] {"PT", "M"},
                    "hour", new String[] {"PT", "H"},
                    "day", new String[] {"P", "D"},
                    "week", new String[] {"P", "W"},
                    "month", new String[] {"P", "M"},
                    "year", new String[] {"P", "Y"});

    private Lifetimes() {}

    /** The ISO 8601 duration that is meant; what is no number of a unit comes back as it is. */
    static String iso(String typed) {
        String text = typed.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = WORDS.matcher(text);
        String[] form = matcher.matches() ? FORMS.get(matcher.group(2)) : null;
        return form == null ? typed : form[0] + matcher.group(1) + form[1];
    }

    /** In English, where that leads back to {@code iso}; {@code iso} itself elsewhere. */
    static String words(String iso) {
        String words = PolicyTexts.period(iso);
        return iso(words).equals(iso) ? words : iso;
    }
}
