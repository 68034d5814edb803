// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.assent.web.Background;
import dev.assent.web.ProblemException;
import dev.assent.web.RedisLink;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which script is live on each site, as far as this node knows, and how it is looked up again: in
 * the background when it is half as old as may be, before the answer when it is older. A site is
 * looked up once at a time. While PostgreSQL cannot be reached the old state stays.
 */
@Singleton
class LiveScripts {
    private static final Logger LOG = LoggerFactory.getLogger(LiveScripts.class);
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{10}");

    /** Of each of the two memories, this one and that by hash. */
    static final long MEMORY_BYTES = 64L << 20;

    /**
     * The longest wait for a new state where there is an old one: long enough for a Redis that
     * hangs, after which the database is asked.
     */
    private static final Duration PATIENCE = RedisLink.TIMEOUT.plusMillis(700);

    /** The longest wait where there is none. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final ScriptLoader loader;
    private final InstantSource clock;
    private final Background background;
    private final Duration refresh;
    private final Cache<String, LiveScript> live;
    private final AtomicBoolean inTrouble = new AtomicBoolean();

    /** Sites being looked up: each once at a time. */
    private final Map<String, CompletableFuture<LiveScript>> lookups = new ConcurrentHashMap<>();

    LiveScripts(
            ScriptLoader loader,
            InstantSource clock,
            Background background,
            @Property(name = "assent.script-refresh", defaultValue = "60s") Duration refresh) {
        this.loader = loader;
        this.clock = clock;
        this.background = background;
        this.refresh = refresh;
        this.live =
                Caffeine.newBuilder()
                        .maximumWeight(MEMORY_BYTES)
                        .weigher((String key, LiveScript script) -> script.size())
                        .executor(this.background)
                        .build();
    }

    /** What is in memory and may be given out now; looked up again meanwhile if it is not new. */
    @Nullable LiveScript inMemory(String siteKey) {
        LiveScript known = live.getIfPresent(siteKey);
        if (known == null) {
            return null;
        }
        long now = clock.millis();
        if (known.isExpired(now)) {
            return null;
        }
        if (known.isStale(now)) {
            lookUp(siteKey);
        }
        return known;
    }

    /**
     * What is live now. Complete already where this node knows; else another thread completes it,
     * with a {@link ProblemException} (503) if it can be had from nowhere.
     */
    CompletableFuture<LiveScript> of(String siteKey) {
        if (!KEY.matcher(siteKey).matches()) {
            return CompletableFuture.completedFuture(LiveScript.nothing(clock.instant(), false));
        }
        LiveScript known = live.getIfPresent(siteKey);
        long now = clock.millis();
        if (known == null) {
            return limited(lookUp(siteKey));
        }
        if (!known.isStale(now)) {
            return CompletableFuture.completedFuture(known);
        }
        CompletableFuture<LiveScript> anew = lookUp(siteKey);
        return known.isExpired(now)
                ? patiently(siteKey, known, anew)
                : CompletableFuture.completedFuture(known);
    }

    /** Looks up anew a site that this node knows: another node has said that it changed. */
    void heard(String siteKey) {
        if (live.getIfPresent(siteKey) != null) {
            lookUpAgain(siteKey);
        }
    }

    /** Trusts nothing that is in memory without a lookup: a message may have been missed. */
    void mistrust() {
        live.asMap().replaceAll((siteKey, state) -> state.outdated());
    }

    /** Looks up anew even if a lookup is under way: that one may have read what was before. */
    CompletableFuture<LiveScript> lookUpAgain(String siteKey) {
        lookups.remove(siteKey);
        live.asMap().computeIfPresent(siteKey, (key, state) -> state.outdated());
        return lookUp(siteKey);
    }

    private CompletableFuture<LiveScript> lookUp(String siteKey) {
        CompletableFuture<LiveScript> mine = new CompletableFuture<>();
        CompletableFuture<LiveScript> lookup = lookups.computeIfAbsent(siteKey, key -> mine);
        if (lookup == mine) {
            background.execute(() -> lookUp(siteKey, mine));
        }
        return lookup;
    }

    private void lookUp(String siteKey, CompletableFuture<LiveScript> lookup) {
        LiveScript known = live.getIfPresent(siteKey);
        try {
            LiveScript state = loader.load(siteKey, known == null ? null : known.script(), refresh);
            settle(siteKey, lookup, state);
            lookup.complete(state);
            if (inTrouble.compareAndSet(true, false)) {
                LOG.info("scripts can be looked up again");
            }
        } catch (RuntimeException | Error e) {
            if (inTrouble.compareAndSet(false, true)) {
                LOG.warn("cannot look up scripts; serving those in memory", e);
            }
            settle(siteKey, lookup, known == null ? null : known.postponed(clock.millis()));
            lookup.completeExceptionally(e);
        }
    }

    /** Keeps what a lookup found, unless a later one has begun since. */
    private void settle(
            String siteKey, CompletableFuture<LiveScript> lookup, @Nullable LiveScript state) {
        lookups.computeIfPresent(
                siteKey,
                (key, underWay) -> {
                    if (underWay != lookup) {
                        return underWay;
                    }
                    if (state != null) {
                        live.put(siteKey, state);
                    }
                    return null;
                });
    }

    /** The new state, or the old one if the new one takes long or cannot be had. */
    private CompletableFuture<LiveScript> patiently(
            String siteKey, LiveScript known, CompletableFuture<LiveScript> anew) {
        return anew.copy()
                .completeOnTimeout(known, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> known)
                .thenApply(state -> {
                    if (state == known) {
                        // Those who ask next need not wait in vain as well.
                        live.asMap().replace(siteKey, known, known.postponed(clock.millis()));
                    }
                    return state;
                });
    }

    /** Fails with a 503 where it takes too long or cannot be had. */
    static <T> CompletableFuture<T> limited(CompletableFuture<T> lookup) {
        return lookup.copy()
                .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure ->
                        CompletableFuture.failedFuture(
                                ProblemException.unavailable(
                                        "The script cannot be read now. Try again.",
                                        Duration.ofSeconds(2))));
    }
}
