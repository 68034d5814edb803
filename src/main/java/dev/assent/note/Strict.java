// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/** Reads text that has one spelling only: each is written again and compared. */
final class Strict {
    private Strict() {}

    /** Standard base64 with padding, without stray bits (RFC 4648 §4 and §3.5). */
    static byte[] base64(String text) throws NoteException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Refused below, together with what only the comparison finds.
        }
        throw new NoteException("not canonical base64");
    }

    static Hash hash(String text) throws NoteException {
        try {
            return Hash.fromBase64(text);
        } catch (IllegalArgumentException e) {
            throw new NoteException("not a hash of 32 bytes in canonical base64");
        }
    }

    /** 0 to 2<sup>63</sup>−1 in ASCII digits, no zero in front. */
    static long decimal(String text) throws NoteException {
        try {
            long value = Long.parseLong(text);
            if (value >= 0 && Long.toString(value).equals(text)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Refused below, together with what only the comparison finds.
        }
        throw new NoteException("not a decimal number in its shortest form");
    }

    static String utf8(byte[] bytes) throws NoteException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new NoteException("not UTF-8");
        }
    }

    /** No control character but the line end, which stands at the end too. */
    static void requireLines(String text) throws NoteException {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x20 && text.charAt(i) != '\n') {
                throw new NoteException("a control character other than the line end");
            }
        }
        if (!text.endsWith("\n")) {
            throw new NoteException("the last line has no end");
        }
    }
}
