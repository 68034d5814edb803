// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.web.RedisLink;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Sessions in Redis, for a minute each: what spares the database a query a request. The database is
 * the truth; a Redis that is flushed, slow or gone costs that query and nothing else.
 *
 * <p>Values are sealed by {@link SecretFile} under the key that they lie under, so whoever can
 * write to Redis can make us slower and cannot sign in.
 */
@Singleton
final class SessionCache {
    /** The longest that a session goes on which another node has ended while Redis was away. */
    static final Duration LIFETIME = Duration.ofMinutes(1);

    private static final String PREFIX = "assent:session:";
    private static final int MAX_BYTES = 4096;

    private final RedisLink redis;
    private final SecretFile secrets;

    SessionCache(RedisLink redis, SecretFile secrets) {
        this.redis = redis;
        this.secrets = secrets;
    }

    Optional<OperatorSession> get(Hash hash, Instant now) {
        String key = key(hash);
        return redis.get(key)
                .flatMap(sealed -> secrets.open(sealed, key))
                .flatMap(json -> read(json, now));
    }

    void put(Hash hash, OperatorSession session, Instant now) {
        if (redis.isConfigured()) {
            String key = key(hash);
            redis.set(key, secrets.seal(write(session, now), key), LIFETIME);
        }
    }

    void remove(Hash hash) {
        redis.remove(key(hash));
    }

    private static String key(Hash hash) {
        return PREFIX + hash.hex();
    }

    private static byte[] write(OperatorSession session, Instant now) {
        return CanonicalJson.write(
                JsonObject.builder()
                        .put("id", session.id())
                        .put("operator", session.operatorId())
                        .put("email", session.email())
                        .put("name", session.name())
                        .put("organization", session.organizationId())
                        .put("organizationName", session.organizationName())
                        .put("role", session.role())
                        .put("awaitsCode", session.awaitsCode())
                        .put("createdAt", session.createdAt().toEpochMilli())
                        .put("seenAt", session.seenAt().toEpochMilli())
                        .put("until", now.plus(LIFETIME).toEpochMilli())
                        .build());
    }

    /** Empty for what is older than Redis should have kept it, or was put back. */
    private static Optional<OperatorSession> read(byte[] bytes, Instant now) {
        try {
            JsonObject json = CanonicalJson.parseObject(bytes, MAX_BYTES);
            if (json.integer("until") < now.toEpochMilli()) {
                return Optional.empty();
            }
            return Optional.of(
                    new OperatorSession(
                            json.integer("id"),
                            json.integer("operator"),
                            json.text("email"),
                            json.text("name"),
                            json.integer("organization"),
                            json.text("organizationName"),
                            json.text("role"),
                            json.bool("awaitsCode"),
                            Instant.ofEpochMilli(json.integer("createdAt")),
                            Instant.ofEpochMilli(json.integer("seenAt"))));
        } catch (JsonException e) {
            // Another release wrote it.
            return Optional.empty();
        }
    }
}
