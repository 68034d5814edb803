// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.assent.merkle.Hash;
import dev.assent.web.Background;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out what a key opens. A key that is revoked on this node opens nothing from then on; on the
 * other nodes it may for {@link #KNOWN_FOR} more.
 */
@Singleton
public class ApiKeys {
    private static final Duration KNOWN_FOR = Duration.ofSeconds(30);
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(5);
    private static final Duration USE_GRAIN = Duration.ofMinutes(1);
    private static final int MAX_LENGTH = 512;
    private static final String SCHEME = "Bearer ";

    private final ApiKeyRepository keys;
    private final Isolation isolation;
    private final InstantSource clock;
    private final AsyncCache<Hash, Optional<ApiKey>> cache;

    ApiKeys(
            ApiKeyRepository keys,
            Isolation isolation,
            InstantSource clock,
            Background background) {
        this.keys = keys;
        this.isolation = isolation;
        this.clock = clock;
        this.cache =
                Caffeine.newBuilder()
                        .maximumSize(10_000)
                        .expireAfter(
                                Expiry.creating((Hash hash, Optional<ApiKey> key) ->
                                        key.isPresent() ? KNOWN_FOR : UNKNOWN_FOR))
                        .executor(background)
                        .buildAsync();
    }

    /**
     * The key that is spelt {@code secret}, if there is one and it is not revoked. The future is
     * complete already where this node has seen the key a moment ago; else it is completed by
     * another thread than the caller's.
     */
    public CompletableFuture<Optional<ApiKey>> find(String secret) {
        if (secret.length() > MAX_LENGTH) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return cache.get(
                Hash.of(secret.getBytes(UTF_8)), hash -> isolation.ofKey(hash, () -> load(hash)));
    }

    /**
     * Whether {@code request} carries a key of that organization with that scope. For public routes
     * that let a server do more than a browser; guarded routes say {@code @Secured}.
     */
    public CompletableFuture<Boolean> opens(
            HttpRequest<?> request, Scope scope, long organizationId) {
        String authorization = request.getHeaders().getAuthorization().orElse("");
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return CompletableFuture.completedFuture(false);
        }
        return find(authorization.substring(SCHEME.length()).strip())
                .thenApply(found ->
                        found.filter(key -> key.organizationId() == organizationId)
                                .filter(key -> key.opens(scope))
                                .isPresent());
    }

    /** The organization's keys that are not revoked, oldest first. */
    List<ApiKey> list(long organizationId) {
        return keys.listByOrganization(organizationId);
    }

    /** Also notes the use, to the minute: a node that knows the key asks no more often anyway. */
    private Optional<ApiKey> load(Hash hash) {
        Optional<ApiKey> key = keys.findByHash(hash.bytes());
        Instant now = clock.instant();
        key.ifPresent(found -> keys.use(found.id(), now, now.minus(USE_GRAIN)));
        return key;
    }

    /** Forgets what this node knows, so that the next request asks the database. */
    void forget() {
        cache.synchronous().invalidateAll();
    }
}
