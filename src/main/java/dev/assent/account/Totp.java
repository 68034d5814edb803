// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes that change with time (RFC 6238): HMAC-SHA-1, six digits, steps of 30 seconds, as every
 * authenticator app has them.
 */
final class Totp {
    /** Bytes in a secret: as many as SHA-1 has (RFC 4226 §4, R6). */
    static final int SECRET_BYTES = 20;

    private static final int STEP_SECONDS = 30;
    private static final int MODULUS = 1_000_000;

    private Totp() {}

    /** The time step that {@code at} lies in. */
    static long step(Instant at) {
        return at.getEpochSecond() / STEP_SECONDS;
    }

    /** The six digits of a time step. */
    static String code(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            // RFC 4226 §5.3: dynamic truncation.
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
            return "%06d".formatted(number % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    /**
     * The time step whose code {@code typed} is: the current one, the one before or the one after,
     * for clocks that differ.
     */
    static OptionalLong match(byte[] secret, String typed, Instant at) {
        long now = step(at);
        OptionalLong matching = OptionalLong.empty();
        for (long step = now - 1; step <= now + 1; step++) {
            // Six digits that are good for a minute: how long comparing takes tells nothing.
            if (code(secret, step).equals(typed)) {
                matching = OptionalLong.of(step);
            }
        }
        return matching;
    }
}
