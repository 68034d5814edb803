// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.assent.merkle.Hash;
import dev.assent.web.Detached;
import dev.assent.web.ProblemException;
import dev.assent.web.RedisLink;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scripts that tags bring. Most are in this node's memory; the others' bytes come from Redis or
 * PostgreSQL, and PostgreSQL alone says which version is live.
 *
 * <p>After a publication or removal this node is right at once and tells the others through Redis.
 * A node that did not hear of it is right again after {@code assent.script-refresh}, 60 s: half-way
 * there it looks again in the background if it is asked, at the end whoever asks waits for it. A
 * scheduled version ends the wait at its time, on every node. While PostgreSQL cannot be reached
 * what is in memory is served on, however old.
 */
@Context
public class SiteScripts {
    private static final Logger LOG = LoggerFactory.getLogger(SiteScripts.class);
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{10}");
    private static final String CHANNEL = "assent:published";
    private static final int TRIES = 60;
    private static final long MEMORY_BYTES = 64L << 20;

    /**
     * The longest wait for a new state where there is an old one: long enough for a Redis that
     * hangs, after which the database is asked.
     */
    private static final Duration PATIENCE = RedisLink.TIMEOUT.plusMillis(700);

    /** The longest wait where there is none. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final ScriptLoader loader;
    private final Sites sites;
    private final RedisLink redis;
    private final InstantSource clock;
    private final Executor blocking;
    private final Duration refresh;
    private final Cache<String, LiveScript> live;
    private final AsyncCache<Name, Optional<ServedScript>> byHash;

    private final AtomicBoolean inTrouble = new AtomicBoolean();

    /** Sites being looked up: each once at a time. */
    private final Map<String, CompletableFuture<LiveScript>> lookups = new ConcurrentHashMap<>();

    private record Name(String siteKey, String sha256) {}

    SiteScripts(
            ScriptLoader loader,
            Sites sites,
            RedisLink redis,
            InstantSource clock,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking,
            @Property(name = "assent.script-refresh", defaultValue = "60s") Duration refresh) {
        this.loader = loader;
        this.sites = sites;
        this.redis = redis;
        this.clock = clock;
        this.blocking = Detached.on(blocking);
        this.refresh = refresh;
        this.live =
                Caffeine.newBuilder()
                        .maximumWeight(MEMORY_BYTES)
                        .weigher((String key, LiveScript script) -> script.size())
                        .executor(this.blocking)
                        .build();
        this.byHash =
                Caffeine.newBuilder()
                        .maximumWeight(MEMORY_BYTES)
                        .weigher((Name name, Optional<ServedScript> script) ->
                                200 + script.map(ServedScript::size).orElse(0))
                        .executor(this.blocking)
                        .buildAsync();
        redis.listen(CHANNEL, this::heard, this::mayHaveMissed);
    }

    /**
     * The live script of a site; empty if there is no such site, it is removed or has published
     * nothing yet. Complete already where this node knows; else another thread completes it, with a
     * {@link ProblemException} (503) if it can be had from nowhere.
     */
    public CompletableFuture<Optional<ServedScript>> live(String siteKey) {
        return state(siteKey).thenApply(state -> Optional.ofNullable(state.script()));
    }

    /**
     * The live script of a site with the one language that is nearest to {@code language}, else in
     * its default language; with all of them where it has no other. Completed as {@link #live};
     * where its bytes cannot be read but those with all languages can, with those.
     */
    CompletableFuture<Optional<ServedScript>> live(String siteKey, String language) {
        return state(siteKey)
                .thenCompose(state -> {
                    Optional<ServedScript> all = Optional.ofNullable(state.script());
                    Hash one = state.languages().nearest(language);
                    return one == null
                            ? CompletableFuture.completedFuture(all)
                            : earlier(siteKey, one)
                                    .exceptionally(failure -> all)
                                    .thenApply(found -> found.or(() -> all));
                });
    }

    /** The number of the live version, 0 where {@link #live} is empty. Completed as that. */
    CompletableFuture<Integer> liveVersion(String siteKey) {
        return state(siteKey).thenApply(LiveScript::version);
    }

    /**
     * The script of a site whose SHA-256 is {@code sha256}, if it is or once was live and the site
     * still asks visitors. Completed as {@link #live}.
     */
    public CompletableFuture<Optional<ServedScript>> byHash(String siteKey, Hash sha256) {
        return state(siteKey)
                .thenCompose(state -> {
                    ServedScript script = state.script();
                    if (script == null || script.sha256().equals(sha256)) {
                        return CompletableFuture.completedFuture(Optional.ofNullable(script));
                    }
                    return earlier(siteKey, sha256);
                });
    }

    /**
     * Says that what a site publishes has changed: to be called when a publication or a removal is
     * committed. From then on this node answers with the new state; the other nodes hear of it in
     * the background, if Redis can be reached.
     */
    public void published(String siteKey) {
        lookUpAgain(siteKey).whenCompleteAsync((state, failure) -> tell(siteKey, TRIES), blocking);
    }

    @TransactionalEventListener
    void changed(SiteChanged change) {
        published(change.siteKey());
    }

    /** What is in memory and may be given out now. */
    @Nullable ServedScript inMemory(String siteKey) {
        LiveScript state = stateInMemory(siteKey);
        return state == null ? null : state.script();
    }

    /** What is in memory and may be given out now, as {@link #live(String, String)}. */
    @Nullable ServedScript inMemoryIn(String siteKey, String language) {
        LiveScript state = stateInMemory(siteKey);
        if (state == null) {
            return null;
        }
        Hash one = state.languages().nearest(language);
        return one == null ? state.script() : earlierInMemory(siteKey, one.hex());
    }

    private @Nullable LiveScript stateInMemory(String siteKey) {
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

    /** What is in memory and may be given out now, by its hash in hexadecimal digits. */
    @Nullable ServedScript inMemory(String siteKey, String sha256) {
        ServedScript script = inMemory(siteKey);
        if (script == null || script.hex().equals(sha256)) {
            return script;
        }
        return earlierInMemory(siteKey, sha256);
    }

    private @Nullable ServedScript earlierInMemory(String siteKey, String sha256) {
        var known = byHash.getIfPresent(new Name(siteKey, sha256));
        return known == null || known.isCompletedExceptionally()
                ? null
                : known.getNow(Optional.empty()).orElse(null);
    }

    private CompletableFuture<Optional<ServedScript>> earlier(String siteKey, Hash sha256) {
        Name name = new Name(siteKey, sha256.hex());
        CompletableFuture<Optional<ServedScript>> script =
                byHash.get(name, unused -> loader.load(siteKey, sha256));
        return limited(script)
                .whenComplete((found, failure) -> {
                    // What is unknown may be live in a moment; what is known stays.
                    if (found != null && found.isEmpty()) {
                        byHash.synchronous().invalidate(name);
                    }
                });
    }

    private CompletableFuture<LiveScript> state(String siteKey) {
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

    /** Tries again while Redis is away; after a while the others have seen for themselves. */
    private void tell(String siteKey, int tries) {
        if (redis.isConfigured() && !redis.publish(CHANNEL, siteKey) && tries > 1) {
            CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, blocking)
                    .execute(() -> tell(siteKey, tries - 1));
        }
    }

    private void heard(String siteKey) {
        sites.forget(siteKey);
        if (live.getIfPresent(siteKey) != null) {
            lookUpAgain(siteKey);
        }
    }

    private void mayHaveMissed() {
        sites.forgetAll();
        live.asMap().replaceAll((siteKey, state) -> state.outdated());
    }

    /** Looks up anew even if a lookup is under way: that one may have read what was before. */
    private CompletableFuture<LiveScript> lookUpAgain(String siteKey) {
        lookups.remove(siteKey);
        live.asMap().computeIfPresent(siteKey, (key, state) -> state.outdated());
        return lookUp(siteKey);
    }

    private CompletableFuture<LiveScript> lookUp(String siteKey) {
        CompletableFuture<LiveScript> mine = new CompletableFuture<>();
        CompletableFuture<LiveScript> lookup = lookups.computeIfAbsent(siteKey, key -> mine);
        if (lookup == mine) {
            blocking.execute(() -> lookUp(siteKey, mine));
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
}
