// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import java.util.Arrays;
import java.util.Base64;

/**
 * How a consent record and its visitor become hashes. Each kind has a prefix of its own, so that
 * the hash of one thing can never be passed off as that of another.
 *
 * <p>The log holds a commitment with a salt of the record's own: once the row with its salt is
 * gone, nothing in the log can be tied to the visitor, and the tree is as it was.
 */
public final class LeafEncoding {
    /** Bytes in a record's salt: fresh from a secure generator for each record, never derived. */
    public static final int SALT_LENGTH = 32;

    /** Bytes in a visitor's secret, which the browser keeps. */
    public static final int SECRET_LENGTH = 32;

    /** Of the subject's hash, the leading bytes that are kept: 22 characters of base64url. */
    private static final int SUBJECT_LENGTH = 16;

    private static final byte[] RECORD_PREFIX = "assent/consent-record/v1\n".getBytes(UTF_8);
    private static final byte[] EVENT_PREFIX = "assent/operator-event/v1\n".getBytes(UTF_8);
    private static final byte[] SUBJECT_PREFIX = "assent/subject/v1\n".getBytes(UTF_8);
    private static final byte[] LINE_END = {'\n'};

    private LeafEncoding() {}

    /**
     * The commitment to a record: SHA-256("assent/consent-record/v1\n" ‖ salt ‖ record).
     *
     * @param salt 32 bytes
     * @param canonicalRecord the bytes that {@link CanonicalJson} writes
     * @throws IllegalArgumentException if the salt has another length
     */
    public static Hash commitment(byte[] salt, byte[] canonicalRecord) {
        requireLength("salt", salt, SALT_LENGTH);
        return Hash.of(RECORD_PREFIX, salt, canonicalRecord);
    }

    /**
     * The commitment to what an operator did: SHA-256("assent/operator-event/v1\n" ‖ salt ‖ event).
     *
     * @param salt 32 bytes
     * @param canonicalEvent the bytes that {@link CanonicalJson} writes
     * @throws IllegalArgumentException if the salt has another length
     */
    public static Hash eventCommitment(byte[] salt, byte[] canonicalEvent) {
        requireLength("salt", salt, SALT_LENGTH);
        return Hash.of(EVENT_PREFIX, salt, canonicalEvent);
    }

    /**
     * The visitor's name within one site: the first 16 bytes of SHA-256("assent/subject/v1\n" ‖
     * site ‖ "\n" ‖ secret) as 22 characters of base64url. Two sites see two names of one visitor.
     *
     * @param site the site's public key, for example {@code k7Q2mZ0pRb}
     * @param secret 32 bytes, never stored
     * @throws IllegalArgumentException if the secret has another length
     */
    public static String subject(String site, byte[] secret) {
        requireLength("secret", secret, SECRET_LENGTH);
        byte[] hash = Hash.of(SUBJECT_PREFIX, site.getBytes(UTF_8), LINE_END, secret).bytes();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOf(hash, SUBJECT_LENGTH));
    }

    private static void requireLength(String what, byte[] bytes, int length) {
        if (bytes.length != length) {
            throw new IllegalArgumentException(
                    "a " + what + " has " + length + " bytes, not " + bytes.length);
        }
    }
}
