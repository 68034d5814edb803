// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes keys and takes them back. A key is told once, when it is made. */
@Singleton
public class ApiKeyIssuer {
    /** Characters in the shortest key that {@code ASSENT_ADMIN_KEY} may set. */
    public static final int MIN_LENGTH = 32;

    private static final String PREFIX = "assent_";
    private static final int RANDOM_BYTES = 32;

    private final ApiKeyRepository keys;
    private final ApiKeys known;
    private final Isolation isolation;
    private final Trail trail;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    ApiKeyIssuer(
            ApiKeyRepository keys,
            ApiKeys known,
            Isolation isolation,
            Trail trail,
            InstantSource clock) {
        this.keys = keys;
        this.known = known;
        this.isolation = isolation;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * A key just made.
     *
     * @param secret {@code assent_} and 43 characters of base64url; kept nowhere
     */
    record Issued(ApiKey key, String secret) {}

    /** Makes a key, asked for by another one of the organization. */
    @Transactional
    Issued issue(ApiKey by, NewKey asked) {
        Issued issued = issue(by.organizationId(), asked);
        trail.note(by, "key-made", "key " + issued.key().id() + " " + asked.name());
        return issued;
    }

    @Transactional
    Issued issue(long organizationId, NewKey asked) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        byte[] hash = hash(secret);
        keys.insert(organizationId, asked.name(), hash, asked.words(), clock.instant());
        return new Issued(keys.findByHash(hash).orElseThrow(), secret);
    }

    /**
     * Makes a key that opens everything, if the organization has none by which it could make
     * others.
     *
     * @return the key, told this once
     */
    @Transactional
    public Optional<String> issueFirst(long organizationId) {
        return keys.canKeysBeMade(organizationId)
                ? Optional.empty()
                : Optional.of(issue(organizationId, NewKey.ofAll("First key")).secret());
    }

    /** Whether {@code secret} is a key that is not revoked. */
    public boolean isValid(String secret) {
        Hash hash = Hash.of(secret.getBytes(UTF_8));
        return isolation.ofKey(hash, () -> keys.findByHash(hash.bytes())).isPresent();
    }

    /**
     * Takes a key back: on this node it opens nothing any more.
     *
     * @throws ProblemException 404 if the organization has no such key, or it is revoked already
     */
    void revoke(ApiKey by, long id) {
        revokeStored(by, id);
        known.forget();
    }

    @Transactional
    void revokeStored(ApiKey by, long id) {
        if (keys.revoke(by.organizationId(), id, clock.instant()) == 0) {
            throw ProblemException.notFound("key");
        }
        trail.note(by, "key-revoked", "key " + id);
    }

    /**
     * Makes {@code secret} the one key that the environment sets; null takes back the one that was
     * set before. Repeating it changes nothing.
     *
     * @throws IllegalArgumentException if it is shorter than {@value #MIN_LENGTH} characters
     */
    public void replaceFromEnvironment(long organizationId, @Nullable String secret) {
        if (secret != null && secret.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "ASSENT_ADMIN_KEY must have at least " + MIN_LENGTH + " characters");
        }
        replace(organizationId, secret);
        known.forget();
    }

    @Transactional
    void replace(long organizationId, @Nullable String secret) {
        byte[] hash = secret == null ? new byte[0] : hash(secret);
        keys.revokeFromEnvironment(hash, clock.instant());
        if (secret != null) {
            NewKey key = NewKey.ofAll("ASSENT_ADMIN_KEY");
            keys.insertFromEnvironment(
                    organizationId, key.name(), hash, key.words(), clock.instant());
        }
    }

    private static byte[] hash(String secret) {
        return Hash.of(secret.getBytes(UTF_8)).bytes();
    }
}
