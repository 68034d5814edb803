// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.assent.account.ApiKey;
import dev.assent.account.SignedIn;
import dev.assent.account.Trail;
import dev.assent.log.CheckpointSchedule;
import dev.assent.receipt.JsonObject;
import dev.assent.web.Background;
import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Publishes policies, and knows the versions that visitors may have been asked under. */
@Singleton
public final class PolicyService {
    /** What the trail calls a publication. */
    static final String PUBLISHED = "policy-published";

    private static final Duration KNOWN_FOR = Duration.ofHours(1);

    private final PolicyPublisher publisher;
    private final PolicyHistory history;
    private final CheckpointSchedule checkpoints;
    private final SiteScripts scripts;
    private final Trail trail;
    private final AsyncCache<Name, Optional<PolicyVersion>> cache;

    private record Name(long siteId, String siteKey, int version) {}

    PolicyService(
            PolicyPublisher publisher,
            PolicyHistory history,
            CheckpointSchedule checkpoints,
            SiteScripts scripts,
            Trail trail,
            Background background) {
        this.publisher = publisher;
        this.history = history;
        this.checkpoints = checkpoints;
        this.scripts = scripts;
        this.trail = trail;
        this.cache =
                Caffeine.newBuilder()
                        .maximumSize(10_000)
                        .expireAfter(
                                Expiry.creating((Name name, Optional<PolicyVersion> version) ->
                                        version.isPresent() ? KNOWN_FOR : Duration.ZERO))
                        .executor(background)
                        .buildAsync();
    }

    /**
     * Version {@code number} of the site, if it may be named in a choice: its time has come and its
     * entry is covered by the log. It stays so for ever, and is known to this node for an hour: the
     * future is complete already then, else another thread than the caller's completes it,
     * exceptionally if the database is out of reach. A version that is not open yet is asked for
     * again at once: a visitor may have been shown it in this very moment.
     */
    public CompletableFuture<Optional<PolicyVersion>> version(Site site, int number) {
        return cache.get(
                new Name(site.id(), site.siteKey(), number),
                name -> history.open(name.siteId(), name.siteKey(), name.version()));
    }

    /**
     * Publishes the site's draft, and has its entry signed at once, so that it goes live now rather
     * than with the next round of checkpoints.
     *
     * @return the new version as {@code GET …/policies} tells it
     * @throws ProblemException 404 without such a site, 422 with every fault
     */
    public JsonObject publish(long organizationId, String siteKey, NewPolicy asked) {
        return live(siteKey, publisher.publish(organizationId, siteKey, asked));
    }

    /** As {@link #publish(long, String, NewPolicy)}, and notes which key it was. */
    public JsonObject publish(ApiKey by, String siteKey, NewPolicy asked) {
        return live(
                siteKey,
                publisher.publish(
                        by.organizationId(),
                        siteKey,
                        asked,
                        null,
                        row -> trail.note(by, PUBLISHED, subject(siteKey, row.version()))));
    }

    /**
     * As {@link #publish(long, String, NewPolicy)}, and notes who it was.
     *
     * @param tag of the draft that the operator looked at
     * @throws ProblemException also 412 if somebody else has changed the draft since
     */
    public JsonObject publish(SignedIn by, String siteKey, NewPolicy asked, String tag) {
        return live(
                siteKey,
                publisher.publish(
                        by.organizationId(),
                        siteKey,
                        asked,
                        tag,
                        row -> trail.note(by, PUBLISHED, subject(siteKey, row.version()))));
    }

    private JsonObject live(String siteKey, PolicyRow row) {
        checkpoints.hurry();
        scripts.published(siteKey);
        return history.summary(row);
    }

    /** What the trail calls a version. */
    static String subject(String siteKey, int version) {
        return siteKey + " version " + version;
    }
}
