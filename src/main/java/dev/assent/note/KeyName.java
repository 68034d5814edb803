// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import java.nio.ByteBuffer;

/** The name that a key goes by, and the number that is made from name and key. */
final class KeyName {
    private static final byte[] LINE_END = {'\n'};
    private static final int NEXT_LINE = 0x85;

    private KeyName() {}

    static String requireValid(String name) throws NoteException {
        if (name.isEmpty() || name.codePoints().anyMatch(KeyName::isForbidden)) {
            throw new NoteException("a key's name is not empty and has no space and no plus");
        }
        return name;
    }

    /** The first 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key). */
    static int id(String name, SignatureType type, byte[] publicKey) {
        byte[] code = {type.code()};
        byte[] hash = Hash.of(name.getBytes(UTF_8), LINE_END, code, publicKey).bytes();
        return ByteBuffer.wrap(hash).getInt();
    }

    private static boolean isForbidden(int c) {
        return c == '+'
                || c < 0x20
                || c == NEXT_LINE
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c);
    }
}
