// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.web.Background;
import dev.assent.web.ProblemException;
import dev.assent.web.RedisLink;
import io.micronaut.context.annotation.Context;
import io.micronaut.transaction.annotation.TransactionalEventListener;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
    private static final String CHANNEL = "assent:published";
    private static final int TRIES = 60;

    private final LiveScripts live;
    private final ByHash<Name, ServedScript> byHash;
    private final Sites sites;
    private final RedisLink redis;
    private final Background background;

    /** A script of an earlier version or of a single language. */
    private record Name(String siteKey, String sha256) {}

    SiteScripts(
            LiveScripts live,
            ScriptLoader loader,
            Sites sites,
            RedisLink redis,
            Background background) {
        this.live = live;
        this.byHash =
                new ByHash<>(
                        LiveScripts.MEMORY_BYTES,
                        ServedScript::size,
                        name -> loader.load(name.siteKey(), Hash.fromHex(name.sha256())),
                        background);
        this.sites = sites;
        this.redis = redis;
        this.background = background;
        redis.listen(CHANNEL, this::heard, this::mayHaveMissed);
    }

    /**
     * The live script of a site; empty if there is no such site, it is removed or has published
     * nothing yet. Complete already where this node knows; else another thread completes it, with a
     * {@link ProblemException} (503) if it can be had from nowhere.
     */
    public CompletableFuture<Optional<ServedScript>> live(String siteKey) {
        return live.of(siteKey).thenApply(state -> Optional.ofNullable(state.script()));
    }

    /**
     * The live script of a site with the one language that is nearest to {@code language}, else in
     * its default language; with all of them where it has no other. Completed as {@link #live};
     * where its bytes cannot be read but those with all languages can, with those.
     */
    CompletableFuture<Optional<ServedScript>> live(String siteKey, String language) {
        return live.of(siteKey)
                .thenCompose(state -> {
                    Optional<ServedScript> all = Optional.ofNullable(state.script());
                    Hash one = state.languages().nearest(language);
                    return one == null
                            ? CompletableFuture.completedFuture(all)
                            : byHash.find(new Name(siteKey, one.hex()))
                                    .exceptionally(failure -> all)
                                    .thenApply(found -> found.or(() -> all));
                });
    }

    /** The number of the live version, 0 where {@link #live} is empty. Completed as that. */
    CompletableFuture<Integer> liveVersion(String siteKey) {
        return live.of(siteKey).thenApply(LiveScript::version);
    }

    /**
     * The script of a site whose SHA-256 is {@code sha256}, if it is or once was live and the site
     * still asks visitors. Completed as {@link #live}.
     */
    public CompletableFuture<Optional<ServedScript>> byHash(String siteKey, Hash sha256) {
        return live.of(siteKey)
                .thenCompose(state -> {
                    ServedScript script = state.script();
                    if (script == null || script.sha256().equals(sha256)) {
                        return CompletableFuture.completedFuture(Optional.ofNullable(script));
                    }
                    return byHash.find(new Name(siteKey, sha256.hex()));
                });
    }

    /**
     * Says that what a site publishes has changed: to be called when a publication or a removal is
     * committed. From then on this node answers with the new state; the other nodes hear of it in
     * the background, if Redis can be reached.
     */
    public void published(String siteKey) {
        live.lookUpAgain(siteKey)
                .whenCompleteAsync((state, failure) -> tell(siteKey, TRIES), background);
    }

    @TransactionalEventListener
    void changed(SiteChanged change) {
        published(change.siteKey());
    }

    /** What is in memory and may be given out now. */
    @Nullable ServedScript inMemory(String siteKey) {
        LiveScript state = live.inMemory(siteKey);
        return state == null ? null : state.script();
    }

    /** What is in memory and may be given out now, as {@link #live(String, String)}. */
    @Nullable ServedScript inMemoryIn(String siteKey, String language) {
        LiveScript state = live.inMemory(siteKey);
        if (state == null) {
            return null;
        }
        Hash one = state.languages().nearest(language);
        return one == null ? state.script() : byHash.inMemory(new Name(siteKey, one.hex()));
    }

    /** What is in memory and may be given out now, by its hash in hexadecimal digits. */
    @Nullable ServedScript inMemory(String siteKey, String sha256) {
        ServedScript script = inMemory(siteKey);
        if (script == null || script.hex().equals(sha256)) {
            return script;
        }
        return byHash.inMemory(new Name(siteKey, sha256));
    }

    /** Tries again while Redis is away; after a while the others have seen for themselves. */
    private void tell(String siteKey, int tries) {
        if (redis.isConfigured() && !redis.publish(CHANNEL, siteKey) && tries > 1) {
            CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, background)
                    .execute(() -> tell(siteKey, tries - 1));
        }
    }

    private void heard(String siteKey) {
        if (!background.isEnding()) {
            sites.forget(siteKey);
            live.heard(siteKey);
        }
    }

    private void mayHaveMissed() {
        sites.forgetAll();
        live.mistrust();
    }
}
