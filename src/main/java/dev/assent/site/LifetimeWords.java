// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.text.ListFormat;
import java.text.NumberFormat;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalField;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lifetimes in words of a language: {@code month: 13} for {@code P13M}. The JDK knows what units
 * are called, but not their plurals; put so, all languages do without.
 */
final class LifetimeWords {
    private static final Pattern FORM =
            Pattern.compile(
                    "P(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)W)?(?:(\\d+)D)?"
                            + "(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+)S)?)?");

    /** In the order of the form's groups. */
    private static final List<TemporalField> UNITS =
            List.of(
                    ChronoField.YEAR,
                    ChronoField.MONTH_OF_YEAR,
                    WeekFields.ISO.weekOfYear(),
                    ChronoField.DAY_OF_MONTH,
                    ChronoField.HOUR_OF_DAY,
                    ChronoField.MINUTE_OF_HOUR,
                    ChronoField.SECOND_OF_MINUTE);

    /** The one unit that the JDK has no word for. */
    private static final JsonObject DAY = readDay();

    private LifetimeWords() {}

    /** The words for {@code lifetime}; itself where it is of another form or there are none. */
    static String of(String lifetime, String language) {
        Matcher matcher = FORM.matcher(lifetime);
        if (!matcher.matches()) {
            return lifetime;
        }
        Locale locale = Locale.forLanguageTag(language);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < UNITS.size(); i++) {
            BigInteger count =
                    new BigInteger(Objects.requireNonNullElse(matcher.group(i + 1), "0"));
            if (count.signum() > 0) {
                String unit = name(UNITS.get(i), locale);
                parts.add(unit + ": " + NumberFormat.getIntegerInstance(locale).format(count));
            }
        }
        boolean isNamed = !parts.isEmpty() && parts.stream().noneMatch(p -> p.startsWith(":"));
        return isNamed ? join(parts, locale) : lifetime;
    }

    private static String join(List<String> parts, Locale locale) {
        return ListFormat.getInstance(locale, ListFormat.Type.UNIT, ListFormat.Style.FULL)
                .format(parts);
    }

    /** Empty where there is no word: then the JDK gives its own name of the field. */
    private static String name(TemporalField unit, Locale locale) {
        if (unit == ChronoField.DAY_OF_MONTH) {
            return DAY.find(locale.getLanguage())
                    .map(day -> ((JsonValue.Text) day).value())
                    .orElse("");
        }
        String name = unit.getDisplayName(locale);
        return name.equals(unit.toString()) ? "" : name;
    }

    private static JsonObject readDay() {
        try (InputStream file =
                Objects.requireNonNull(LifetimeWords.class.getResourceAsStream("day.json"))) {
            return CanonicalJson.parseObject(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the words for a day", e);
        } catch (JsonException e) {
            throw new IllegalStateException("the words for a day are damaged", e);
        }
    }
}
