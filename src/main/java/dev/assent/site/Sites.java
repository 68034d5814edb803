// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;

/**
 * Finds sites by their public key. A change is seen on this node at once and on the others within
 * {@link #KNOWN_FOR}.
 */
@Singleton
public class Sites {
    private static final Duration KNOWN_FOR = Duration.ofSeconds(60);
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{10}");

    private final SiteRepository sites;
    private final AsyncCache<String, Optional<Site>> cache;

    Sites(SiteRepository sites, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.sites = sites;
        this.cache =
                Caffeine.newBuilder()
                        .maximumSize(10_000)
                        .expireAfter(
                                Expiry.creating((String key, Optional<Site> site) ->
                                        site.isPresent() ? KNOWN_FOR : UNKNOWN_FOR))
                        .executor(blocking)
                        .buildAsync();
    }

    /**
     * The site with this key, also one that {@link Site#isRemoved() is removed}. The future is
     * complete already where this node has seen the site a moment ago; else another thread than the
     * caller's completes it, exceptionally if the database is out of reach.
     */
    public CompletableFuture<Optional<Site>> find(String siteKey) {
        if (!KEY.matcher(siteKey).matches()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return cache.get(siteKey, sites::findBySiteKey);
    }

    /** Forgets what this node knows of a site, after a change is committed. */
    void forget(String siteKey) {
        cache.synchronous().invalidate(siteKey);
    }
}
