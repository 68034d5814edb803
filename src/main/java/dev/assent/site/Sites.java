// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.assent.account.Isolation;
import dev.assent.web.Background;
import dev.assent.web.ProblemException;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds sites by their public key. A change is seen on this node at once and on the others within
 * {@link #KNOWN_FOR}. What is asked for an organization is to be asked within it.
 */
@Singleton
public class Sites {
    private static final Duration KNOWN_FOR = Duration.ofSeconds(60);
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{10}");

    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int KEY_LENGTH = 10;

    private final SiteRepository sites;
    private final Isolation isolation;
    private final InstantSource clock;
    private final ApplicationEventPublisher<SiteChanged> changes;
    private final SecureRandom random = new SecureRandom();
    private final AsyncCache<String, Optional<Site>> cache;

    Sites(
            SiteRepository sites,
            Isolation isolation,
            InstantSource clock,
            ApplicationEventPublisher<SiteChanged> changes,
            Background background) {
        this.sites = sites;
        this.isolation = isolation;
        this.clock = clock;
        this.changes = changes;
        this.cache =
                Caffeine.newBuilder()
                        .maximumSize(10_000)
                        .expireAfter(
                                Expiry.creating((String key, Optional<Site> site) ->
                                        site.isPresent() ? KNOWN_FOR : UNKNOWN_FOR))
                        .executor(background)
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
        return cache.get(siteKey, key -> isolation.publicly(() -> sites.findBySiteKey(key)));
    }

    /** All sites of all organizations as they are stored now, removed ones included. */
    public List<Site> all() {
        return isolation.publicly(sites::listAll);
    }

    /** Makes a site with a new key. */
    @Transactional
    public Site create(long organizationId, SiteDetails details) {
        String siteKey = newKey();
        sites.insert(
                new Site(
                        0,
                        organizationId,
                        siteKey,
                        details.name(),
                        details.origins(),
                        details.cookieDomain(),
                        details.retention(),
                        clock.instant(),
                        null));
        return sites.findBySiteKey(siteKey).orElseThrow();
    }

    /** The organization's sites that are not removed, oldest first. */
    List<Site> list(long organizationId) {
        return sites.listByOrganization(organizationId);
    }

    /** The organization's sites that are removed, the last removed first. */
    List<Site> removed(long organizationId) {
        return sites.listRemoved(organizationId);
    }

    /**
     * The organization's site with this key, as it is stored now.
     *
     * @throws ProblemException 404 if there is none, it is removed or somebody else's
     */
    public Site require(long organizationId, String siteKey) {
        Site site = requireKept(organizationId, siteKey);
        if (site.isRemoved()) {
            throw ProblemException.notFound("site");
        }
        return site;
    }

    /**
     * As {@link #require}, also one that is removed: what it published stays, as its records do.
     *
     * @throws ProblemException 404 if there is none, or it is somebody else's
     */
    public Site requireKept(long organizationId, String siteKey) {
        return Optional.of(siteKey)
                .filter(key -> KEY.matcher(key).matches())
                .flatMap(sites::findBySiteKey)
                .filter(site -> site.organizationId() == organizationId)
                .orElseThrow(() -> ProblemException.notFound("site"));
    }

    /**
     * As {@link #require}, and locks it until the running transaction ends against others who
     * change or publish it; recording goes on.
     */
    Site lock(long organizationId, String siteKey) {
        if (!KEY.matcher(siteKey).matches() || sites.lock(siteKey, organizationId) == 0) {
            throw ProblemException.notFound("site");
        }
        return require(organizationId, siteKey);
    }

    /** Changes a site; {@code change} makes the new details from the stored ones. */
    @Transactional
    public Site change(long organizationId, String siteKey, Function<Site, SiteDetails> change) {
        Site site = lock(organizationId, siteKey);
        SiteDetails details = change.apply(site);
        Site changed =
                new Site(
                        site.id(),
                        site.organizationId(),
                        siteKey,
                        details.name(),
                        details.origins(),
                        details.cookieDomain(),
                        details.retention(),
                        site.createdAt(),
                        null);
        sites.change(changed);
        changes.publishEvent(new SiteChanged(siteKey));
        return changed;
    }

    /** Removes a site: it asks nobody any more, its evidence stays until retention ends. */
    @Transactional
    void remove(long organizationId, String siteKey) {
        if (sites.remove(siteKey, organizationId, clock.instant()) == 0) {
            throw ProblemException.notFound("site");
        }
        changes.publishEvent(new SiteChanged(siteKey));
    }

    private String newKey() {
        return random.ints(KEY_LENGTH, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    /** Forgets what this node knows of a site, once a change is committed. */
    @TransactionalEventListener
    void forget(SiteChanged change) {
        forget(change.siteKey());
    }

    /** Forgets a site that another node has changed. */
    void forget(String siteKey) {
        cache.synchronous().invalidate(siteKey);
    }

    /** Forgets every site, as news of changes may have been missed. */
    void forgetAll() {
        cache.synchronous().invalidateAll();
    }
}
