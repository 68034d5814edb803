// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A SHA-256 hash: 32 bytes that never change.
 *
 * <p>Hashes here are public, so comparing them in constant time would protect nothing.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.1">RFC 9162 §2.1.1</a>
 */
public final class Hash {
    /** Bytes in a hash. */
    public static final int LENGTH = 32;

    /** The root of the tree without entries: the hash of no bytes at all. */
    public static final Hash EMPTY_ROOT = of();

    private static final byte[] LEAF_PREFIX = {0x00};
    private static final byte[] NODE_PREFIX = {0x01};

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** SHA-256 of the parts, one after the other. */
    public static Hash of(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return new Hash(digest.digest());
    }

    /** The hash of a leaf: SHA-256(0x00 ‖ entry). */
    public static Hash ofLeaf(byte[] entry) {
        return of(LEAF_PREFIX, entry);
    }

    /** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
    public static Hash ofNode(Hash left, Hash right) {
        return of(NODE_PREFIX, left.bytes, right.bytes);
    }

    /**
     * The hash that these bytes are, copied.
     *
     * @throws IllegalArgumentException unless there are exactly 32
     */
    public static Hash fromBytes(byte[] bytes) {
        return fromBytes(bytes, 0, bytes.length);
    }

    /**
     * The hash at {@code bytes[from]} to {@code bytes[to - 1]}, copied.
     *
     * @throws IllegalArgumentException unless the range holds exactly 32 bytes
     */
    public static Hash fromBytes(byte[] bytes, int from, int to) {
        if (to - from != LENGTH) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + (to - from));
        }
        return new Hash(Arrays.copyOfRange(bytes, from, to));
    }

    /**
     * Reads 64 lower-case hexadecimal digits.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Hash fromHex(String text) {
        if (text.length() != 2 * LENGTH || !isLowerCaseHex(text)) {
            throw new IllegalArgumentException("a hash has 64 lower-case hexadecimal digits");
        }
        return new Hash(HexFormat.of().parseHex(text));
    }

    /**
     * Reads the one canonical base64 form: standard alphabet, 44 characters, the last a padding
     * {@code =}, no stray bits before it (RFC 4648 §3.5).
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Hash fromBase64(String text) {
        return fromEncoded(text, 44, Base64.getDecoder(), Base64.getEncoder());
    }

    /**
     * Reads base64url without padding: 43 characters.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Hash fromBase64Url(String text) {
        return fromEncoded(
                text, 43, Base64.getUrlDecoder(), Base64.getUrlEncoder().withoutPadding());
    }

    /** The 32 bytes, as a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Writes the 32 bytes to {@code target}, beginning at {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, LENGTH);
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** 44 characters of standard base64, padded. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** 43 characters of base64url, without padding. */
    public String base64Url() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }

    /** The JDK's decoder forgives stray bits and lost padding, so the text is made again. */
    private static Hash fromEncoded(
            String text, int length, Base64.Decoder decoder, Base64.Encoder encoder) {
        if (text.length() == length) {
            byte[] bytes = decoder.decode(text);
            if (bytes.length == LENGTH && encoder.encodeToString(bytes).equals(text)) {
                return new Hash(bytes);
            }
        }
        throw new IllegalArgumentException("a hash has " + length + " characters of base64");
    }

    private static boolean isLowerCaseHex(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
