// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * What a key signs. A key says which by one byte, so that one kind of signature never passes for
 * the other.
 */
public enum SignatureType {
    /** The text itself; the signature has 64 bytes. */
    ED25519(0x01, 64),

    /**
     * A witness's word that it saw the checkpoint at a time, C2SP tlog-cosignature 1.0.1; the
     * signature has 72 bytes, of which the first 8 are the time in seconds since 1970, the largest
     * byte first.
     */
    COSIGNATURE_V1(0x04, 72);

    private static final int TIME_LENGTH = 8;

    private final byte code;
    private final int length;

    SignatureType(int code, int length) {
        this.code = (byte) code;
        this.length = length;
    }

    byte code() {
        return code;
    }

    /** Bytes in a signature of this type. */
    int length() {
        return length;
    }

    static SignatureType fromCode(byte code) throws NoteException {
        for (SignatureType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new NoteException("a key of a type that is not known here");
    }

    /** The bytes that the key signs; {@code signature} gives a cosignature's time. */
    byte[] message(String text, byte[] signature) {
        return switch (this) {
            case ED25519 -> text.getBytes(UTF_8);
            case COSIGNATURE_V1 -> cosigned(text, time(signature));
        };
    }

    static byte[] cosigned(String text, long epochSecond) {
        return ("cosignature/v1\ntime " + epochSecond + "\n" + text).getBytes(UTF_8);
    }

    /** Seconds since 1970 of a cosignature; negative where it is out of the range allowed. */
    static long time(byte[] signature) {
        return ByteBuffer.wrap(signature).getLong();
    }

    /** Where the 64 bytes of Ed25519 begin within the signature. */
    int ed25519Offset() {
        return this == COSIGNATURE_V1 ? TIME_LENGTH : 0;
    }
}
