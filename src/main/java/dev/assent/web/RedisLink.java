// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.micronaut.context.annotation.Property;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to Redis, {@code ASSENT_REDIS_URI} (the forms are {@link RedisConnector}'s); without it
 * there is none, and every answer here is empty.
 *
 * <p>Redis is a cache and a messenger, so its failures are not the caller's: whatever goes wrong,
 * {@link #get} is empty, {@link #set} and {@link #publish} do nothing. No call waits longer than
 * {@link #TIMEOUT}; after a failure Redis is left alone for {@link #PAUSE}, so that a server that
 * hangs costs one wait a pause and not one a request. Nothing connects before it is first asked.
 */
@Singleton
public final class RedisLink {
    /** The longest that a caller waits, connecting included. */
    public static final Duration TIMEOUT = Duration.ofMillis(300);

    /** How long Redis is left alone after a failure. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

    private final @Nullable RedisConnector connector;
    private final TaskScheduler scheduler;

    private @Nullable CompletableFuture<RedisClusterAsyncCommands<String, byte[]>> connection;
    private volatile long pausedSince;
    private volatile boolean paused;
    private volatile boolean closed;

    /**
     * @throws IllegalArgumentException if {@code uri} is none
     */
    public RedisLink(
            @Nullable @Property(name = "assent.redis-uri") String uri,
            @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
        this.connector =
                uri == null || uri.isBlank() ? null : RedisConnector.to(uri.strip(), TIMEOUT);
        this.scheduler = scheduler;
    }

    /** Whether a Redis is configured, reachable or not. */
    public boolean isConfigured() {
        return connector != null;
    }

    /**
     * The value under {@code key}; empty if there is none or Redis does not answer in time. Blocks;
     * not for an event loop.
     */
    public Optional<byte[]> get(String key) {
        return ask(commands -> commands.get(key));
    }

    /** Puts {@code value} under {@code key} for {@code lifetime}, if Redis takes it. Blocks. */
    public void set(String key, byte[] value, Duration lifetime) {
        ask(commands -> commands.set(key, value, SetArgs.Builder.px(lifetime)));
    }

    /** Forgets {@code key}, if Redis hears it. Blocks. */
    public void remove(String key) {
        ask(commands -> commands.del(key));
    }

    /**
     * Tells all nodes that listen on {@code channel}, this one too. Blocks.
     *
     * @return whether Redis heard it
     */
    public boolean publish(String channel, String message) {
        return ask(commands -> commands.publish(channel, message.getBytes(UTF_8))).isPresent();
    }

    /**
     * Listens on {@code channel} from now on, over broken connections and restarts of Redis.
     *
     * @param message told each message, on a thread of the driver: it must not block
     * @param listening told whenever listening begins, the first time and after each break:
     *     messages may have been missed until then
     */
    public void listen(String channel, Consumer<String> message, Runnable listening) {
        RedisConnector redis = connector;
        if (redis == null || closed) {
            return;
        }
        // So that the first who asks finds it there and does not wait for the handshake.
        connection(redis);
        redis.connectForMessages()
                .thenCompose(messages -> {
                    messages.addListener(new Ear(message, listening));
                    return subscribe(messages, channel);
                })
                .whenComplete((done, failure) -> {
                    if (failure != null && !closed) {
                        scheduler.schedule(PAUSE, () -> listen(channel, message, listening));
                    }
                });
    }

    @PreDestroy
    void close() {
        closed = true;
        if (connector != null) {
            connector.close();
        }
    }

    private static CompletionStage<Void> subscribe(
            StatefulRedisPubSubConnection<String, String> messages, String channel) {
        return messages.async()
                .subscribe(channel)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        messages.closeAsync();
                    }
                });
    }

    private <T> Optional<T> ask(Question<T> question) {
        RedisConnector redis = connector;
        if (redis == null || closed || isPaused()) {
            return Optional.empty();
        }
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try {
            var commands = within(connection(redis), deadline);
            T answer = within(question.to(commands).toCompletableFuture(), deadline);
            resume();
            return Optional.ofNullable(answer);
        } catch (ExecutionException | TimeoutException | RedisException e) {
            pause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private static <T> T within(CompletableFuture<T> future, long deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private synchronized CompletableFuture<RedisClusterAsyncCommands<String, byte[]>> connection(
            RedisConnector redis) {
        if (connection == null || connection.isCompletedExceptionally()) {
            connection = redis.connect().toCompletableFuture();
        }
        return connection;
    }

    private boolean isPaused() {
        return paused && System.nanoTime() - pausedSince < PAUSE.toNanos();
    }

    private void pause(Exception failure) {
        pausedSince = System.nanoTime();
        if (!paused) {
            paused = true;
            // The driver's messages may hold the address, never the password.
            LOG.warn("Redis does not answer; going on without it: {}", failure.toString());
        }
    }

    private void resume() {
        if (paused) {
            paused = false;
            LOG.info("Redis answers again");
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        CompletionStage<T> to(RedisClusterAsyncCommands<String, byte[]> commands);
    }

    private static final class Ear extends RedisPubSubAdapter<String, String> {
        private final Consumer<String> message;
        private final Runnable listening;

        Ear(Consumer<String> message, Runnable listening) {
            this.message = message;
            this.listening = listening;
        }

        @Override
        public void message(String channel, String text) {
            message.accept(text);
        }

        @Override
        public void subscribed(String channel, long count) {
            listening.run();
        }
    }
}
