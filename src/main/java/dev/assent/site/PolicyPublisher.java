// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.log.TransparencyLog;
import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.Entry;
import dev.assent.receipt.JsonObject;
import dev.assent.web.Problem.Fault;
import dev.assent.web.ProblemException;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.data.connection.ConnectionOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a draft a version that never changes. */
@Singleton
public class PolicyPublisher {
    private static final Duration FURTHEST = Duration.ofDays(366);

    private final Sites sites;
    private final PolicyDrafts drafts;
    private final PolicyRepository policies;
    private final ArtefactRepository artefacts;
    private final ScriptPublisher scripts;
    private final PackedWidget widget;
    private final TransparencyLog log;
    private final ConnectionOperations<Connection> database;
    private final InstantSource clock;
    private final ApplicationEventPublisher<SiteChanged> changes;

    PolicyPublisher(
            Sites sites,
            PolicyDrafts drafts,
            PolicyRepository policies,
            ArtefactRepository artefacts,
            ScriptPublisher scripts,
            PackedWidget widget,
            TransparencyLog log,
            ConnectionOperations<Connection> database,
            InstantSource clock,
            ApplicationEventPublisher<SiteChanged> changes) {
        this.sites = sites;
        this.drafts = drafts;
        this.policies = policies;
        this.artefacts = artefacts;
        this.scripts = scripts;
        this.widget = widget;
        this.log = log;
        this.database = database;
        this.clock = clock;
        this.changes = changes;
    }

    /**
     * Publishes the site's draft as its next version: artefact, script, the entry in the log and
     * the version itself in one transaction, so that there is all of it or nothing.
     *
     * <p>A greater version supersedes a smaller one that is still scheduled; that is also how a
     * scheduled one is called off. The first version of a site is material whatever was asked.
     *
     * @throws ProblemException 404 without such a site; 422 with every fault of the draft, of the
     *     wish, or if the artefact would be longer than 512 KiB
     */
    @Transactional
    PolicyRow publish(long organizationId, String siteKey, NewPolicy asked) {
        return publish(organizationId, siteKey, asked, null, row -> {});
    }

    /**
     * As {@link #publish(long, String, NewPolicy)}, in words of who does it.
     *
     * @param tag of the draft that was looked at; absent: whatever is there
     * @param told of the new version, within the transaction
     * @throws ProblemException also 412 if another draft is there
     */
    @Transactional
    PolicyRow publish(
            long organizationId,
            String siteKey,
            NewPolicy asked,
            @Nullable String tag,
            Consumer<PolicyRow> told) {
        // From here on nobody else publishes or changes this site; versions have no gap.
        Site site = sites.lock(organizationId, siteKey);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant effectiveAt = effectiveAt(asked.effectiveAt(), now);
        PolicyDraft draft = drafts.publishable(site, tag);
        List<PolicyRow> versions = policies.listBySite(site.id());
        Artefact.Edition edition = edition(versions, asked, now, effectiveAt);
        JsonObject before = before(versions, edition);
        WidgetBuild core = widget.coreFor(Artefact.compose(site, draft, edition, before));
        edition = edition.with(core.sha256());
        JsonObject artefact = Artefact.compose(site, draft, edition, before);
        byte[] document = CanonicalJson.write(artefact);
        if (document.length > CanonicalJson.MAX_ARTEFACT_BYTES) {
            throw PolicyDrafts.refused(tooLong(document.length));
        }
        Hash sha256 = Hash.of(document);
        widget.all().forEach(build -> keep(build, now));
        artefacts.insert(sha256.bytes(), document);
        // Compressing takes a while; the log's head, for which recording waits, is not locked yet.
        scripts.publish(site.id(), edition.version(), core, ScriptPayload.of(artefact, sha256));
        announce(edition, sha256, versions);
        PolicyRow row = row(site, edition, sha256, append(sha256));
        policies.insert(row);
        told.accept(row);
        changes.publishEvent(new SiteChanged(siteKey));
        return row;
    }

    private void announce(Artefact.Edition edition, Hash sha256, List<PolicyRow> before) {
        if (edition.announceDays() != null) {
            int live = PolicyState.live(before, edition.publishedAt(), coveredSize());
            scripts.announce(
                    new PayloadVariants.Notice(
                            edition.version(),
                            sha256,
                            edition.effectiveAt(),
                            edition.announceDays()),
                    live,
                    before);
        }
    }

    private Artefact.Edition edition(
            List<PolicyRow> before, NewPolicy asked, Instant now, Instant effectiveAt) {
        int version = before.isEmpty() ? 1 : before.getFirst().version() + 1;
        boolean material = asked.material() || before.isEmpty();
        int asks =
                material
                        ? version
                        : before.stream()
                                .filter(PolicyRow::material)
                                .mapToInt(PolicyRow::version)
                                .max()
                                .orElse(version);
        return new Artefact.Edition(
                version,
                asks,
                material,
                asked.reason(),
                widget.plain().sha256(),
                now,
                effectiveAt,
                asked.announceDays());
    }

    private void keep(WidgetBuild build, Instant now) {
        artefacts.insertWidgetBuild(build.sha256().bytes(), build.script(), now);
    }

    /** The artefact with which the new version's purposes are compared. */
    private @Nullable JsonObject before(List<PolicyRow> versions, Artefact.Edition edition) {
        return versions.stream()
                .filter(row -> row.material() || !edition.material())
                .findFirst()
                .flatMap(row -> artefacts.find(row.sha256().bytes()))
                .map(row -> Artefact.parse(row.document()))
                .orElse(null);
    }

    private PolicyRow row(Site site, Artefact.Edition edition, Hash sha256, long logIndex) {
        return new PolicyRow(
                site.id(),
                edition.version(),
                sha256,
                edition.widget(),
                logIndex,
                edition.material(),
                edition.reason(),
                edition.publishedAt(),
                edition.effectiveAt());
    }

    /** Appends the artefact's entry; the head stays locked until the transaction ends. */
    private long append(Hash sha256) {
        Connection connection = database.getConnectionStatus().getConnection();
        try {
            TransparencyLog.Head head = log.lock(connection);
            byte[] entry = new Entry(Entry.Type.ARTEFACT, sha256).bytes();
            log.append(connection, head, List.of(entry));
            return head.size();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot append the artefact's entry", e);
        }
    }

    private long coveredSize() {
        try {
            return log.coveredSize(database.getConnectionStatus().getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the log's size", e);
        }
    }

    private static Instant effectiveAt(@Nullable Instant asked, Instant now) {
        if (asked == null) {
            return now;
        }
        if (!asked.isAfter(now) || asked.isAfter(now.plus(FURTHEST))) {
            throw ProblemException.unacceptable(
                    NewPolicy.WHAT,
                    List.of(
                            new Fault(
                                    "/effectiveAt",
                                    "expected a time to come, within a year; leave it out for at"
                                            + " once")));
        }
        return asked.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Fault tooLong(int bytes) {
        return new Fault(
                "",
                "the published document would have "
                        + bytes
                        + " bytes, expected at most "
                        + CanonicalJson.MAX_ARTEFACT_BYTES
                        + ": offer fewer languages, or declare fewer trackers");
    }
}
