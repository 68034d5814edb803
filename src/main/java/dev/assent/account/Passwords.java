// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.util.Arrays;

/**
 * Hashes passwords by Argon2id (RFC 9106): 19 MiB of memory, two passes, one lane, which is what
 * OWASP's Password Storage Cheat Sheet names first. Few are hashed at a time, so that many attempts
 * do not take all memory; who waits too long is asked to come again.
 */
@Singleton
final class Passwords {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int AT_A_TIME = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern PHC =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
                            + "\\$([A-Za-z0-9+/]{8,64})\\$([A-Za-z0-9+/]{16,86})");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore turns = new Semaphore(AT_A_TIME);
    private final String nobodys = hash("nobody's");

    /**
     * A hash in the PHC form, with a salt of its own.
     *
     * @throws ProblemException 503 if too many are being hashed
     */
    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = argon2id(password, salt, MEMORY_KIB, PASSES, 1, HASH_BYTES);
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
                .formatted(
                        MEMORY_KIB,
                        PASSES,
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }

    /**
     * Whether {@code hash} was made of {@code password}. Takes as long where there is no hash.
     *
     * @param hash empty for somebody whom we do not know, who has no password
     * @throws ProblemException 503 if too many are being hashed
     */
    boolean matches(String password, Optional<String> hash) {
        Matcher stored = PHC.matcher(hash.orElse(nobodys));
        if (!stored.matches()) {
            throw new IllegalStateException("the stored hash of a password is none of ours");
        }
        byte[] expected = Base64.getDecoder().decode(stored.group(5));
        byte[] found =
                argon2id(
                        password,
                        Base64.getDecoder().decode(stored.group(4)),
                        Integer.parseInt(stored.group(1)),
                        Integer.parseInt(stored.group(2)),
                        Integer.parseInt(stored.group(3)),
                        expected.length);
        return Arrays.constantTimeAreEqual(expected, found) && hash.isPresent();
    }

    private byte[] argon2id(
            String password, byte[] salt, int memory, int passes, int lanes, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memory)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(salt)
                        .build());
        byte[] hash = new byte[length];
        awaitTurn();
        try {
            generator.generateBytes(password.getBytes(UTF_8), hash);
        } finally {
            turns.release();
        }
        return hash;
    }

    private void awaitTurn() {
        try {
            if (turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ProblemException.unavailable("Many are signing in. Try again.", PATIENCE);
    }
}
