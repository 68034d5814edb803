// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.merkle.Hash;

/**
 * One entry of the log: what it is, and a hash of it. Nothing personal, so it can stay for ever.
 *
 * <p>33 bytes: the type's code, then {@link #payload()}. For a consent record the payload is its
 * {@linkplain LeafEncoding#commitment commitment}; for everything else the SHA-256 of its canonical
 * JSON.
 */
public record Entry(Type type, Hash payload) {
    /** Bytes in an entry. */
    public static final int LENGTH = 1 + Hash.LENGTH;

    /** What an entry is about; {@link #code()} is its first byte. */
    public enum Type {
        CONSENT_RECORD(0x01),
        ARTEFACT(0x02),
        ERASURE(0x03),
        LOG_EVENT(0x04);

        private final byte code;

        Type(int code) {
            this.code = (byte) code;
        }

        public byte code() {
            return code;
        }

        static Type fromCode(byte code) {
            for (Type type : values()) {
                if (type.code == code) {
                    return type;
                }
            }
            throw new IllegalArgumentException("no entry begins with " + code);
        }
    }

    /**
     * Reads an entry as the log stores it.
     *
     * @throws IllegalArgumentException unless there are 33 bytes, the first a known type
     */
    public static Entry parse(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("an entry has 33 bytes, not " + bytes.length);
        }
        return new Entry(Type.fromCode(bytes[0]), Hash.fromBytes(bytes, 1, LENGTH));
    }

    /** The 33 bytes that the log stores. */
    public byte[] bytes() {
        byte[] bytes = new byte[LENGTH];
        bytes[0] = type.code();
        payload.copyTo(bytes, 1);
        return bytes;
    }

    /** The hash that stands for this entry in the tree. */
    public Hash leafHash() {
        return Hash.ofLeaf(bytes());
    }
}
