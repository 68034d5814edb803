// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a link or a cookie carries and we keep only as a hash: 256 random bits.
 *
 * @param text 43 characters of base64url, when it is one of ours
 */
public record Token(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final int MAX_LENGTH = 200;

    /** A new one, unlike any other. */
    public static Token random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What is stored in its place: SHA-256. */
    public Hash hash() {
        return Hash.of(bounded().getBytes(UTF_8));
    }

    /**
     * Another secret that whoever has this one shares with us, and from which this one cannot be
     * found: what forms of a session carry.
     */
    String derived(String purpose) {
        byte[] label = (purpose + ":").getBytes(US_ASCII);
        byte[] hash = Hash.of(label, bounded().getBytes(UTF_8)).bytes();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private String bounded() {
        return text.length() > MAX_LENGTH ? "" : text.strip();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "a token";
    }
}
