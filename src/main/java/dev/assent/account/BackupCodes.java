// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.assent.merkle.Hash;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Codes for the day on which the phone is lost: ten, each good for once, such as {@code
 * a7kq-x2mf-39tz-bd4w}. Each holds 80 random bits, so that their hashes give nothing away.
 */
final class BackupCodes {
    private static final int COUNT = 10;
    private static final int BYTES = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private BackupCodes() {}

    static List<String> make() {
        return Stream.generate(BackupCodes::one).limit(COUNT).toList();
    }

    /** Whether {@code typed} could be one, and not the six digits of an app. */
    static boolean looksLikeOne(String typed) {
        return bare(typed).length() == 16;
    }

    /** What is stored; the same however the letters are grouped. */
    static byte[] hash(String code) {
        return Hash.of(bare(code).getBytes(US_ASCII)).bytes();
    }

    private static String bare(String code) {
        return code.toLowerCase(Locale.ROOT).replaceAll("[^a-z2-7]", "");
    }

    private static String one() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String text = Base32.encode(bytes).toLowerCase(Locale.ROOT);
        return text.replaceAll("(.{4})(?=.)", "$1-");
    }
}
