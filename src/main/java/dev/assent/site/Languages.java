// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import java.util.Arrays;
import java.util.Collection;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Languages by their tags, in the spelling that BCP 47 recommends: {@code en}, {@code pt-BR},
 * {@code zh-Hant}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5646#section-2.1.1">RFC 5646 §2.1.1</a>
 */
final class Languages {
    private static final Set<String> TWO_LETTERS =
            Arrays.stream(Locale.getISOLanguages()).collect(Collectors.toUnmodifiableSet());

    /** As the widget has them. */
    private static final Set<String> RIGHT_TO_LEFT =
            Set.of("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi");

    private Languages() {}

    /** Whether {@code tag} is well-formed, spelt as recommended, and names a known language. */
    static boolean isKnown(String tag) {
        try {
            Locale locale = new Locale.Builder().setLanguageTag(tag).build();
            return locale.toLanguageTag().equals(tag) && isKnownLanguage(locale);
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    /**
     * Picks the language for who wants {@code wanted}, as the widget does: the first of those
     * offered that is {@code wanted} or begins with it ({@code pt} takes {@code pt-BR}); else the
     * same for its first part ({@code fr-CA} takes {@code fr}); else {@code fallback}. Case does
     * not matter, and what is no tag at all is like a language that is not offered.
     *
     * @param offered in order of UTF-16 code units
     */
    static String nearest(Collection<String> offered, String fallback, String wanted) {
        int end = wanted.indexOf('-');
        String primary = end < 0 ? wanted : wanted.substring(0, end);
        return first(offered, wanted).or(() -> first(offered, primary)).orElse(fallback);
    }

    private static Optional<String> first(Collection<String> offered, String start) {
        return offered.stream().filter(tag -> begins(tag, start)).findFirst();
    }

    private static boolean begins(String tag, String start) {
        return tag.regionMatches(true, 0, start, 0, start.length())
                && !start.isEmpty()
                && (tag.length() == start.length() || tag.charAt(start.length()) == '-');
    }

    /** {@code zh-Hant} for {@code zh-Hant-TW}; empty for a tag of one part. */
    static String parent(String tag) {
        int end = tag.lastIndexOf('-');
        return end < 0 ? "" : tag.substring(0, end);
    }

    /** In English, with its tag: {@code French (fr)}. */
    static String name(String tag) {
        return Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH) + " (" + tag + ")";
    }

    /** The value of {@code dir} for what is written in this language. */
    static String direction(String tag) {
        return RIGHT_TO_LEFT.contains(tag.split("-", 2)[0]) ? "rtl" : "ltr";
    }

    /** Of the three-letter codes the JDK keeps names, but no list. */
    private static boolean isKnownLanguage(Locale locale) {
        String language = locale.getLanguage();
        return TWO_LETTERS.contains(language)
                || (language.length() == 3
                        && !locale.getDisplayLanguage(Locale.ENGLISH).equals(language));
    }
}
