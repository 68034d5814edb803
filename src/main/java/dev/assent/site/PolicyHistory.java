// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.Isolation;
import dev.assent.account.Trail;
import dev.assent.log.TransparencyLog;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.web.ProblemException;
import dev.assent.web.Timestamps;
import io.micronaut.data.connection.ConnectionOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A site's published versions and where each stands. What is live follows from the clock and from
 * what the log has covered: nothing has to happen for a scheduled version to go live, on any node.
 */
@Singleton
public class PolicyHistory {
    private static final Duration HALF_A_YEAR = Duration.ofDays(183);

    private final Sites sites;
    private final PolicyRepository policies;
    private final Artefacts artefacts;
    private final TransparencyLog log;
    private final Isolation isolation;
    private final Trail trail;
    private final ConnectionOperations<Connection> database;
    private final InstantSource clock;

    PolicyHistory(
            Sites sites,
            PolicyRepository policies,
            Artefacts artefacts,
            TransparencyLog log,
            Isolation isolation,
            Trail trail,
            ConnectionOperations<Connection> database,
            InstantSource clock) {
        this.sites = sites;
        this.policies = policies;
        this.artefacts = artefacts;
        this.log = log;
        this.isolation = isolation;
        this.trail = trail;
        this.database = database;
        this.clock = clock;
    }

    /** The version, if its time has come and its entry is covered. */
    @Transactional
    Optional<PolicyVersion> open(long siteId, String siteKey, int version) {
        long covered = coveredSize();
        return isolation
                .publicly(() -> policies.find(siteId, version))
                .filter(row -> row.isOpen(clock.instant(), covered))
                .map(row -> Artefact.read(siteKey, row, document(row)));
    }

    /**
     * A version as people read of it.
     *
     * @param state {@code pending}, {@code scheduled}, {@code live} or {@code superseded}
     * @param reason in the owner's words
     * @param logIndex of the entry that names its artefact
     * @param who published it; empty: whoever runs the machine, or nobody noted it
     */
    public record Listed(
            int version,
            String sha256,
            String state,
            boolean material,
            String reason,
            Instant publishedAt,
            Instant effectiveAt,
            long logIndex,
            String who) {}

    /**
     * All versions of a site, also of one that is removed, newest first.
     *
     * @throws ProblemException 404 without such a site
     */
    @Transactional
    public List<Listed> versions(long organizationId, String siteKey) {
        List<PolicyRow> rows = policies.listBySite(sites.requireKept(organizationId, siteKey).id());
        Map<String, String> who = new HashMap<>();
        trail.list(organizationId, PolicyService.PUBLISHED, siteKey + " ")
                .forEach(event -> who.put(event.subject(), event.who()));
        Instant now = clock.instant();
        long covered = coveredSize();
        int live = PolicyState.live(rows, now, covered);
        return rows.stream()
                .map(row ->
                        listed(
                                row,
                                PolicyState.of(row, live, now, covered),
                                who.getOrDefault(
                                        PolicyService.subject(siteKey, row.version()), "")))
                .toList();
    }

    private static Listed listed(PolicyRow row, PolicyState state, String who) {
        return new Listed(
                row.version(),
                row.sha256().hex(),
                state.word(),
                row.material(),
                row.reason(),
                row.publishedAt(),
                row.effectiveAt(),
                row.logIndex(),
                who);
    }

    /**
     * What led from version {@code from} to version {@code to}, in words.
     *
     * @throws ProblemException 404 without such a site or version
     */
    @Transactional
    public List<PolicyChange> changes(long organizationId, String siteKey, int from, int to) {
        List<PolicyRow> rows = policies.listBySite(sites.requireKept(organizationId, siteKey).id());
        return PolicyChanges.between(artefact(require(rows, from)), artefact(require(rows, to)));
    }

    /**
     * Why asking visitors again now would be asking too often: they have been within half a year.
     * Empty if they have not; the first version asks nobody again.
     */
    @Transactional
    public Optional<String> tooOften(long organizationId, String siteKey) {
        Instant since = clock.instant().minus(HALF_A_YEAR);
        List<PolicyRow> rows = policies.listBySite(sites.require(organizationId, siteKey).id());
        return rows.stream()
                .filter(row -> row.material() && row.version() > 1)
                .filter(row -> row.effectiveAt().isAfter(since))
                .findFirst()
                .map(row ->
                        "Version "
                                + row.version()
                                + " has asked all visitors again within the last six months. Asking"
                                + " more often tires them, and regulators have called it pressure.");
    }

    /**
     * A draft that says what a version says.
     *
     * @throws ProblemException 404 without such a site or version
     */
    @Transactional
    public JsonObject draft(long organizationId, String siteKey, int version) {
        List<PolicyRow> rows = policies.listBySite(sites.require(organizationId, siteKey).id());
        return ArtefactDraft.of(artefact(require(rows, version)));
    }

    /** The artefact of the site's newest version; empty if nothing has been published. */
    Optional<JsonObject> newest(Site site) {
        return policies.listBySite(site.id()).stream().findFirst().map(this::artefact);
    }

    /** A version as the list tells it. */
    @Transactional
    JsonObject summary(PolicyRow row) {
        return summary(row, policies.listBySite(row.siteId())).build();
    }

    /** All versions of a site, newest first. */
    @Transactional
    JsonValue list(long organizationId, String siteKey) {
        List<PolicyRow> rows = policies.listBySite(sites.require(organizationId, siteKey).id());
        return new JsonValue.Array(
                rows.stream().map(row -> (JsonValue) summary(row, rows).build()).toList());
    }

    /** One version with its artefact. */
    @Transactional
    JsonValue read(long organizationId, String siteKey, int version) {
        List<PolicyRow> rows = policies.listBySite(sites.require(organizationId, siteKey).id());
        PolicyRow row = require(rows, version);
        return summary(row, rows).put("artefact", artefact(row)).build();
    }

    /** What led from version {@code from} to version {@code to}. */
    @Transactional
    JsonValue diff(long organizationId, String siteKey, int from, int to) {
        List<PolicyRow> rows = policies.listBySite(sites.require(organizationId, siteKey).id());
        return JsonObject.builder()
                .put("from", from)
                .put("to", to)
                .put(
                        "changes",
                        JsonDiff.between(
                                artefact(require(rows, from)), artefact(require(rows, to))))
                .build();
    }

    private static PolicyRow require(List<PolicyRow> rows, int version) {
        return rows.stream()
                .filter(row -> row.version() == version)
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("policy version"));
    }

    private JsonObject.Builder summary(PolicyRow row, List<PolicyRow> rows) {
        Instant now = clock.instant();
        long covered = coveredSize();
        int live = PolicyState.live(rows, now, covered);
        return JsonObject.builder()
                .put("version", row.version())
                .put("sha256", row.sha256().hex())
                .put("state", PolicyState.of(row, live, now, covered).word())
                .put("material", row.material())
                .put("reason", row.reason())
                .put("publishedAt", Timestamps.format(row.publishedAt()))
                .put("effectiveAt", Timestamps.format(row.effectiveAt()))
                .put("index", row.logIndex());
    }

    private JsonObject artefact(PolicyRow row) {
        return artefacts.read(row.sha256());
    }

    private byte[] document(PolicyRow row) {
        return artefacts
                .find(row.sha256())
                .orElseThrow(() -> new IllegalStateException("no artefact " + row.sha256()));
    }

    /** What the log has covered, as the running transaction sees it. */
    private long coveredSize() {
        try {
            return log.coveredSize(database.getConnectionStatus().getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the log's size", e);
        }
    }
}
