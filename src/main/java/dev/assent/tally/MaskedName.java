// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import java.util.regex.Pattern;

/**
 * Names of cookies and storage keys without what may say whose they are. Each digit becomes {@code
 * #}; what looks like an identifier becomes {@code *}: a UUID, eight or more hexadecimal digits, a
 * word with two digits in eight or more letters, a long word of mixed case, everything around an
 * {@code @}, and whatever is not printable ASCII. A name that has been masked is masked already.
 * The widget does the same before it sends anything ({@code widget/src/full/masked.ts}); it is done
 * again here because whoever sends may be anybody.
 */
final class MaskedName {
    static final int MAX_LENGTH = 64;

    private static final String HIDDEN = "*";
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");
    private static final Pattern STRANGE = Pattern.compile("[^\\x21-\\x7e]+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");
    private static final Pattern HEX = Pattern.compile("(?=.*[0-9])(?=.*[a-fA-F])[0-9a-fA-F]{8,}");
    private static final Pattern MIXED = Pattern.compile("(?=.{8})(?=.*[A-Za-z])(.*[0-9]){2}.*");
    private static final Pattern LONG =
            Pattern.compile("(?=.*[A-Za-z])(?=.*[0-9]).{16,}|[A-Za-z]{32,}");
    private static final Pattern CAPITAL = Pattern.compile("[^A-Z]");

    private MaskedName() {}

    /**
     * What is left of {@code name}: 1 to {@value #MAX_LENGTH} characters; empty only of nothing.
     */
    static String of(String name) {
        if (name.indexOf('@') >= 0) {
            return HIDDEN;
        }
        String ids = UUID.matcher(STRANGE.matcher(name).replaceAll(HIDDEN)).replaceAll(HIDDEN);
        String masked =
                WORD.matcher(ids).replaceAll(word -> mask(word.group())).replaceAll("[*]+", HIDDEN);
        return masked.length() <= MAX_LENGTH
                ? masked
                : masked.substring(0, MAX_LENGTH - 1) + HIDDEN;
    }

    private static String mask(String word) {
        return isIdentifier(word) ? HIDDEN : word.replaceAll("[0-9]", "#");
    }

    private static boolean isIdentifier(String word) {
        return HEX.matcher(word).matches()
                || MIXED.matcher(word).matches()
                || LONG.matcher(word).matches()
                || isShuffled(word);
    }

    /** Words joined in mixed case have fewer capitals than chance gives. */
    private static boolean isShuffled(String word) {
        int capitals = CAPITAL.matcher(word).replaceAll("").length();
        return word.length() >= 12 && capitals < word.length() && capitals * 4 >= word.length();
    }
}
