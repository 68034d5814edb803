// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Whether the service can do its work: whether the database answers. Asked at most once a second
 * and awaited for no longer, so that many probes cost no more than one. Redis plays no part:
 * without it the service is slower, not unready.
 */
@Singleton
final class DatabaseHealth implements HealthIndicator {
    private static final String NAME = "database";
    private static final Duration CACHED = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final DataSource database;
    private final InstantSource clock;
    private final ExecutorService blocking;

    private @Nullable CompletableFuture<HealthStatus> latest;
    private long askedAt;

    DatabaseHealth(
            DataSource database,
            InstantSource clock,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.database = DelegatingDataSource.unwrapDataSource(database);
        this.clock = clock;
        this.blocking = blocking;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.fromCompletableFuture(() ->
                status().thenApply(status -> HealthResult.builder(NAME).status(status).build()));
    }

    private synchronized CompletableFuture<HealthStatus> status() {
        long now = clock.millis();
        if (latest == null || now - askedAt >= CACHED.toMillis()) {
            askedAt = now;
            latest =
                    CompletableFuture.supplyAsync(this::ask, blocking)
                            .completeOnTimeout(
                                    HealthStatus.DOWN, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
        return latest;
    }

    private HealthStatus ask() {
        try (Connection connection = database.getConnection()) {
            boolean valid = connection.isValid((int) LIMIT.toSeconds());
            return valid ? HealthStatus.UP : HealthStatus.DOWN;
        } catch (SQLException e) {
            return HealthStatus.DOWN;
        }
    }
}
