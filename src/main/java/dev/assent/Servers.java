// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.embedded.LocalPostgres;
import dev.assent.embedded.LocalRedis;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database and the Redis that the service works with: those that are configured, or, where no
 * database is, its own real ones in the data folder, which end with it.
 */
final class Servers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

    private final Map<String, Object> properties = new HashMap<>();
    private Optional<LocalPostgres> postgres = Optional.empty();
    private Optional<LocalRedis> redis = Optional.empty();

    private Servers() {}

    /**
     * Starts what is not configured.
     *
     * @param environment {@code ASSENT_DATABASE_URL}, {@code ASSENT_REDIS_URI}, {@code
     *     ASSENT_DATA_DIR} and so on
     * @throws RuntimeException if one cannot be started; what had been started is stopped again
     */
    static Servers start(Map<String, String> environment) {
        var servers = new Servers();
        try {
            servers.open(environment);
            return servers;
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /** Properties by which the service finds them. */
    Map<String, Object> properties() {
        return Map.copyOf(properties);
    }

    /** Stops what was started here. */
    @Override
    public void close() {
        redis.ifPresent(LocalRedis::close);
        postgres.ifPresent(LocalPostgres::close);
    }

    private void open(Map<String, String> environment) {
        String url = environment.getOrDefault("ASSENT_DATABASE_URL", "");
        String redisUri = environment.getOrDefault("ASSENT_REDIS_URI", "");
        if (!redisUri.isEmpty()) {
            properties.put("assent.redis-uri", redisUri);
        }
        if (url.isEmpty()) {
            Path data = Path.of(environment.getOrDefault("ASSENT_DATA_DIR", "data"));
            startOwn(data, redisUri.isEmpty());
        } else {
            properties.putAll(
                    DatabaseAddress.of(
                                    url,
                                    environment.get("ASSENT_DATABASE_USER"),
                                    environment.get("ASSENT_DATABASE_PASSWORD"))
                            .properties());
            if (redisUri.isEmpty()) {
                LOG.info("no Redis is configured: each node keeps a cache of its own");
            }
        }
    }

    private void startOwn(Path data, boolean withRedis) {
        CompletableFuture<Optional<LocalRedis>> starting =
                withRedis
                        ? CompletableFuture.supplyAsync(() -> LocalRedis.start(data))
                        : CompletableFuture.completedFuture(Optional.empty());
        try {
            LocalPostgres own = LocalPostgres.start(data);
            postgres = Optional.of(own);
            properties.putAll(
                    new DatabaseAddress(own.jdbcUrl(), own.user(), own.password()).properties());
        } finally {
            redis = joined(starting);
        }
        redis.ifPresent(own -> properties.put("assent.redis-uri", own.uri().toString()));
        properties.put("assent.admin-key-file", data.resolve("admin-key").toString());
    }

    private static Optional<LocalRedis> joined(CompletableFuture<Optional<LocalRedis>> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
