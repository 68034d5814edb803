// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

/** Base32 without padding (RFC 4648 §6), which authenticator apps read secrets in. */
final class Base32 {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    /** Eight letters for each five bytes. */
    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int held = 0;
        for (byte b : bytes) {
            buffer = buffer << 8 | b & 0xff;
            held += 8;
            while (held >= BITS) {
                held -= BITS;
                text.append(LETTERS.charAt(buffer >> held & 0x1f));
            }
            buffer &= (1 << held) - 1;
        }
        if (held > 0) {
            text.append(LETTERS.charAt(buffer << BITS - held & 0x1f));
        }
        return text.toString();
    }
}
