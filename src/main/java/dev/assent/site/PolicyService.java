// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.assent.log.TransparencyLog;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** The published versions that visitors may have been asked under. */
@Singleton
public class PolicyService {
    private static final Duration KNOWN_FOR = Duration.ofHours(1);
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

    private final PolicyRepository policies;
    private final Artefacts artefacts;
    private final TransparencyLog log;
    private final ConnectionOperations<Connection> database;
    private final InstantSource clock;
    private final AsyncCache<Name, Optional<PolicyVersion>> cache;

    private record Name(long siteId, String siteKey, int version) {}

    PolicyService(
            PolicyRepository policies,
            Artefacts artefacts,
            TransparencyLog log,
            ConnectionOperations<Connection> database,
            InstantSource clock,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.policies = policies;
        this.artefacts = artefacts;
        this.log = log;
        this.database = database;
        this.clock = clock;
        this.cache =
                Caffeine.newBuilder()
                        .maximumSize(10_000)
                        .expireAfter(
                                Expiry.creating((Name name, Optional<PolicyVersion> version) ->
                                        version.isPresent() ? KNOWN_FOR : UNKNOWN_FOR))
                        .executor(blocking)
                        .buildAsync();
    }

    /**
     * Version {@code number} of the site, if it may be named in a choice: its time has come and its
     * entry is covered by the log. It stays so for ever, and is known to this node for an hour: the
     * future is complete already then, else another thread than the caller's completes it. A
     * version that is not open yet is asked for again after a second.
     */
    public CompletableFuture<Optional<PolicyVersion>> version(Site site, int number) {
        return cache.get(new Name(site.id(), site.siteKey(), number), this::read);
    }

    @Transactional
    Optional<PolicyVersion> read(Name name) {
        long covered = coveredSize();
        return policies.find(name.siteId(), name.version())
                .filter(row -> row.isOpen(clock.instant(), covered))
                .map(row -> Artefact.read(name.siteKey(), row, document(row)));
    }

    /** What the log has covered, in the running transaction. */
    private long coveredSize() {
        try {
            return log.coveredSize(database.getConnectionStatus().getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the log's size", e);
        }
    }

    private byte[] document(PolicyRow row) {
        return artefacts
                .find(row.sha256())
                .orElseThrow(() -> new IllegalStateException("no artefact " + row.sha256()));
    }
}
