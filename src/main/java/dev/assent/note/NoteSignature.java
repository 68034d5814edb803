// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * One signature line of a note. Whose it claims to be is not yet checked.
 *
 * @param name the key's name
 * @param encoded canonical base64 of the key's id, 4 bytes, and the signature, 1 byte or more
 */
public record NoteSignature(String name, String encoded) {
    private static final String START = "\u2014 ";
    private static final int ID_LENGTH = 4;

    static NoteSignature of(NoteVerifier key, byte[] signature) {
        byte[] bytes =
                ByteBuffer.allocate(ID_LENGTH + signature.length)
                        .putInt(key.keyId())
                        .put(signature)
                        .array();
        return new NoteSignature(key.name(), Base64.getEncoder().encodeToString(bytes));
    }

    /**
     * Reads a line without its end: {@code — example.com/log Az3grl…}.
     *
     * @throws NoteException if it has another form
     */
    public static NoteSignature parse(String line) throws NoteException {
        int space = line.indexOf(' ', START.length());
        if (!line.startsWith(START) || space < 0) {
            throw new NoteException("a signature line has a dash, a name and a signature");
        }
        String name = KeyName.requireValid(line.substring(START.length(), space));
        String encoded = line.substring(space + 1);
        if (Strict.base64(encoded).length <= ID_LENGTH) {
            throw new NoteException("a signature line without a signature");
        }
        return new NoteSignature(name, encoded);
    }

    /** The line, without its end. */
    public String format() {
        return START + name + " " + encoded;
    }

    /** The key's id, as a number whose first byte is the largest. */
    public int keyId() {
        return ByteBuffer.wrap(bytes()).getInt();
    }

    /** The signature without the key's id. */
    public byte[] signature() {
        byte[] bytes = bytes();
        return Arrays.copyOfRange(bytes, ID_LENGTH, bytes.length);
    }

    private byte[] bytes() {
        return Base64.getDecoder().decode(encoded);
    }
}
