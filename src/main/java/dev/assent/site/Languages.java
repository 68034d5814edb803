// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
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

    /** {@code zh-Hant} for {@code zh-Hant-TW}; empty for a tag of one part. */
    static String parent(String tag) {
        int end = tag.lastIndexOf('-');
        return end < 0 ? "" : tag.substring(0, end);
    }

    /** Of the three-letter codes the JDK keeps names, but no list. */
    private static boolean isKnownLanguage(Locale locale) {
        String language = locale.getLanguage();
        return TWO_LETTERS.contains(language)
                || (language.length() == 3
                        && !locale.getDisplayLanguage(Locale.ENGLISH).equals(language));
    }
}
