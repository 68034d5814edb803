// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What is accepted in the fields of forms that make an operator. */
final class Fields {
    private static final int MAX_EMAIL = 254;
    private static final int MAX_NAME = 200;
    private static final int MIN_PASSWORD = 12;
    private static final int MAX_PASSWORD = 200;

    private static final Pattern EMAIL =
            Pattern.compile(
                    "[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
                            + "[a-z0-9](?:[a-z0-9-]{0,62})(?:\\.[a-z0-9][a-z0-9-]{0,62})*");

    private Fields() {}

    /**
     * An address as it is stored: trimmed and in lower case.
     *
     * @throws Refusal if it is none, or not ASCII
     */
    static String email(String typed) {
        String email = typed.strip().toLowerCase(Locale.ROOT);
        if (!isEmail(email)) {
            throw new Refusal("email", "Give an address such as you@example.com.");
        }
        return email;
    }

    /** Whether it is an address as it is stored. */
    static boolean isEmail(String text) {
        return text.length() <= MAX_EMAIL && EMAIL.matcher(text).matches();
    }

    /**
     * A name for people, trimmed: of a person or an organization.
     *
     * @throws Refusal if it is blank, longer than 200 characters or holds control characters
     */
    static String name(String field, String typed) {
        String name = typed.strip();
        boolean control = name.chars().anyMatch(Character::isISOControl);
        if (name.isEmpty() || control || name.codePointCount(0, name.length()) > MAX_NAME) {
            throw new Refusal(field, "Give a name of at most 200 characters on one line.");
        }
        return name;
    }

    /**
     * A password to be set, in the form in which it is hashed.
     *
     * @throws Refusal if it is too short, too long, or is what everybody would try first
     */
    static String newPassword(String typed, String email) {
        String password = normal(typed);
        int length = password.codePointCount(0, password.length());
        if (length < MIN_PASSWORD || length > MAX_PASSWORD) {
            throw new Refusal("password", "Use 12 to 200 characters; a few words will do.");
        }
        if (password.codePoints().distinct().count() < 5
                || password.toLowerCase(Locale.ROOT).contains(email)) {
            throw new Refusal("password", "Anybody would guess this one. Choose another.");
        }
        return password;
    }

    /**
     * The same password however the keyboard composed it (NIST SP 800-63B §3.1.1.2).
     *
     * @return empty for what is too long to be one
     */
    static String normal(String typed) {
        return typed.length() > 2 * MAX_PASSWORD
                ? ""
                : Normalizer.normalize(typed, Normalizer.Form.NFKC);
    }
}
