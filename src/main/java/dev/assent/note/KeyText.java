// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import java.util.Arrays;
import java.util.HexFormat;

/** What a vkey or an skey says: {@code name+id+base64(type ‖ 32 bytes)}. Never compared. */
@SuppressWarnings("ArrayRecordComponent")
record KeyText(String name, int id, SignatureType type, byte[] key) {
    static KeyText parse(String text) throws NoteException {
        // The base64 at the end may hold a plus as well; the name may not.
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3 || !parts[1].matches("[0-9a-f]{8}")) {
            throw new NoteException("a key has a name, 8 digits and base64, joined by plus");
        }
        byte[] bytes = Strict.base64(parts[2]);
        if (bytes.length != 1 + Ed25519.KEY_LENGTH) {
            throw new NoteException("a key has 1 byte of type and 32 bytes of Ed25519");
        }
        return new KeyText(
                KeyName.requireValid(parts[0]),
                HexFormat.fromHexDigits(parts[1]),
                SignatureType.fromCode(bytes[0]),
                Arrays.copyOfRange(bytes, 1, bytes.length));
    }
}
