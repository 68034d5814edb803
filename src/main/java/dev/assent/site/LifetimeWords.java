// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import com.ibm.icu.text.MeasureFormat;
import com.ibm.icu.text.MeasureFormat.FormatWidth;
import com.ibm.icu.util.Measure;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.ULocale;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lifetimes in words of a language: {@code 13 months} for {@code P13M} (ISO 8601), with the plurals
 * of CLDR, as the browser says them in the preferences.
 */
final class LifetimeWords {
    private static final Pattern FORM =
            Pattern.compile(
                    "P(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)W)?(?:(\\d+)D)?"
                            + "(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+)S)?)?");

    /** In the order of the form's groups. */
    private static final List<MeasureUnit> UNITS =
            List.of(
                    MeasureUnit.YEAR,
                    MeasureUnit.MONTH,
                    MeasureUnit.WEEK,
                    MeasureUnit.DAY,
                    MeasureUnit.HOUR,
                    MeasureUnit.MINUTE,
                    MeasureUnit.SECOND);

    private LifetimeWords() {}

    /** The words for {@code lifetime}; itself where it is of another form or nothing at all. */
    static String of(String lifetime, String language) {
        Matcher matcher = FORM.matcher(lifetime);
        if (!matcher.matches()) {
            return lifetime;
        }
        List<Measure> measures = new ArrayList<>();
        for (int i = 0; i < UNITS.size(); i++) {
            String digits = matcher.group(i + 1);
            BigInteger count = digits == null ? BigInteger.ZERO : new BigInteger(digits);
            if (count.signum() > 0) {
                measures.add(new Measure(count, UNITS.get(i)));
            }
        }
        if (measures.isEmpty()) {
            return lifetime;
        }
        return MeasureFormat.getInstance(ULocale.forLanguageTag(language), FormatWidth.WIDE)
                .formatMeasures(measures.toArray(Measure[]::new));
    }
}
