// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How many choices one network may send, {@code ASSENT_RATE_LIMIT} a minute: 600 by default, 0 for
 * no limit. A bucket holds one minute's worth and fills evenly, so a burst of that many passes and
 * then one every tenth of a second (at 600).
 *
 * <p>Each node counts for itself: n nodes let n times as many pass, and no request waits for Redis.
 * It keeps one source from filling the log, it is no accounting. The buckets are bounded in number;
 * a network whose bucket is dropped begins anew with a full one.
 */
@Singleton
public final class RateLimit {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int MAX_NETWORKS = 100_000;

    private final int perMinute;
    private final TrustedProxies proxies;
    private final TimeMeter time;
    private final Cache<ClientNetwork, Bucket> buckets = newBuckets();
    private final Cache<ClientNetwork, Bucket> countBuckets = newBuckets();

    RateLimit(
            @Property(name = "assent.rate-limit", defaultValue = "600") int perMinute,
            TrustedProxies proxies,
            InstantSource clock) {
        if (perMinute < 0) {
            throw new IllegalArgumentException(
                    "ASSENT_RATE_LIMIT is a number of choices a minute, 0 for no limit, not "
                            + perMinute);
        }
        this.perMinute = perMinute;
        this.proxies = proxies;
        this.time = new ClockMeter(clock);
    }

    /**
     * Counts one choice against the client's network.
     *
     * @throws ProblemException 429 with the time until the next choice passes, if the bucket is
     *     empty
     */
    public void check(HttpRequest<?> request) {
        check(request, buckets);
    }

    /**
     * As {@link #check}, of what is only counted: as many as of choices, and apart from them, so
     * that no choice is refused because many banners were shown.
     */
    public void checkCount(HttpRequest<?> request) {
        check(request, countBuckets);
    }

    private void check(HttpRequest<?> request, Cache<ClientNetwork, Bucket> buckets) {
        if (perMinute == 0) {
            return;
        }
        Bucket bucket = buckets.get(proxies.clientOf(request), network -> newBucket());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw ProblemException.tooMany(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private static Cache<ClientNetwork, Bucket> newBuckets() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_NETWORKS)
                // A bucket untouched for a period is full again, like a new one.
                .expireAfterAccess(PERIOD)
                .build();
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(
                        Bandwidth.builder()
                                .capacity(perMinute)
                                .refillGreedy(perMinute, PERIOD)
                                .build())
                .withCustomTimePrecision(time)
                .build();
    }

    private record ClockMeter(InstantSource clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return Duration.ofMillis(clock.millis()).toNanos();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
