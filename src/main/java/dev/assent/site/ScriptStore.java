// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.Isolation;
import dev.assent.log.TransparencyLog;
import dev.assent.merkle.Hash;
import dev.assent.site.SiteScriptRepository.Name;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL says of a site's scripts. Everything here blocks and may fail. */
@Singleton
class ScriptStore {
    private final SiteRepository sites;
    private final PolicyRepository policies;
    private final SiteScriptRepository scripts;
    private final ArtefactRepository artefacts;
    private final TransparencyLog log;
    private final Isolation isolation;
    private final ConnectionOperations<Connection> database;
    private final InstantSource clock;

    /**
     * A site that asks visitors.
     *
     * @param live the script of the live version, absent while there is none
     * @param version the live version's number, 0 while there is none
     * @param languages that version's scripts with one language each
     * @param awaited whether a newer version, or a notice of it, only waits for the log to cover it
     * @param nextAt when the next scheduled version goes live, absent where none is scheduled
     */
    record Published(
            @Nullable Script live,
            int version,
            ScriptLanguages languages,
            boolean awaited,
            @Nullable Instant nextAt) {}

    /** A script by its name, without its bytes. */
    record Script(long siteId, Hash sha256) {}

    ScriptStore(
            SiteRepository sites,
            PolicyRepository policies,
            SiteScriptRepository scripts,
            ArtefactRepository artefacts,
            TransparencyLog log,
            Isolation isolation,
            ConnectionOperations<Connection> database,
            InstantSource clock) {
        this.sites = sites;
        this.policies = policies;
        this.scripts = scripts;
        this.artefacts = artefacts;
        this.log = log;
        this.isolation = isolation;
        this.database = database;
        this.clock = clock;
    }

    /** What the site has published; empty if there is no such site or it is removed. */
    @ReadOnly
    Optional<Published> published(String siteKey) {
        return isolation.publicly(() ->
                sites.findBySiteKey(siteKey)
                        .filter(site -> !site.isRemoved())
                        .map(site -> published(site.id(), policies.listBySite(site.id()))));
    }

    /** The script with this hash, if it is or was live and the site is not removed. */
    @ReadOnly
    Optional<Script> script(String siteKey, Hash sha256) {
        return isolation.publicly(() -> find(siteKey, sha256));
    }

    private Optional<Script> find(String siteKey, Hash sha256) {
        long covered = coveredSize();
        Instant now = clock.instant();
        return sites.findBySiteKey(siteKey)
                .filter(site -> !site.isRemoved())
                .flatMap(site ->
                        scripts.findName(site.id(), sha256.bytes())
                                .filter(name ->
                                        policies.find(site.id(), name.version())
                                                .filter(row -> row.isOpen(now, covered))
                                                .isPresent())
                                .map(name -> new Script(site.id(), sha256)));
    }

    /** The bytes of a script. */
    @ReadOnly
    SiteScript read(Script script) {
        return isolation
                .publicly(() -> scripts.find(script.siteId(), script.sha256().bytes()))
                .map(SiteScriptRepository.Row::script)
                .orElseThrow(
                        () -> new IllegalStateException("no bytes of script " + script.sha256()));
    }

    /** A build of a part of the widget that something was published with. */
    @ReadOnly
    Optional<WidgetBuild> build(Hash sha256) {
        return artefacts
                .findWidgetBuild(sha256.bytes())
                .map(build -> WidgetBuild.of(build.script()));
    }

    private Published published(long siteId, List<PolicyRow> newestFirst) {
        long covered = coveredSize();
        Instant now = clock.instant();
        PolicyRow live = null;
        boolean awaited = false;
        Instant nextAt = null;
        for (PolicyRow row : newestFirst) {
            if (row.isOpen(now, covered)) {
                live = row;
                break;
            }
            if (row.effectiveAt().isAfter(now)) {
                nextAt = earlier(nextAt, row.effectiveAt());
            } else {
                awaited = true;
            }
        }
        return live == null
                ? new Published(null, 0, ScriptLanguages.NONE, awaited, nextAt)
                : published(live, newestFirst.getFirst(), covered, awaited, nextAt);
    }

    /**
     * With notice of the newest version, if there is one to give: it is not live yet, nothing was
     * published since, and the log has covered its words.
     */
    private Published published(
            PolicyRow live,
            PolicyRow newest,
            long covered,
            boolean awaited,
            @Nullable Instant nextAt) {
        List<Name> names = scripts.listNames(live.siteId(), live.version(), newest.version());
        boolean announced = names.stream().anyMatch(name -> name.announces() > 0);
        boolean isCovered = newest.logIndex() < covered;
        int announces = announced && isCovered ? newest.version() : 0;
        List<Name> shown = names.stream().filter(name -> name.announces() == announces).toList();
        return new Published(
                all(live, shown),
                live.version(),
                languages(shown),
                awaited || (announced && !isCovered),
                nextAt);
    }

    private static Script all(PolicyRow live, List<Name> shown) {
        return shown.stream()
                .filter(name -> name.language().equals(PayloadVariants.ALL))
                .findFirst()
                .map(name -> new Script(live.siteId(), name.hash()))
                .orElseThrow(() ->
                        new IllegalStateException("version " + live.version() + " has no script"));
    }

    private static ScriptLanguages languages(List<Name> shown) {
        var byLanguage = new TreeMap<String, Hash>();
        String fallback = "";
        for (Name name : shown) {
            if (!name.language().equals(PayloadVariants.ALL)) {
                byLanguage.put(name.language(), name.hash());
                fallback = name.isDefault() ? name.language() : fallback;
            }
        }
        return new ScriptLanguages(byLanguage, fallback);
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    /** What the log has covered, in the running transaction. */
    private long coveredSize() {
        try {
            return log.coveredSize(database.getConnectionStatus().getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the log's size", e);
        }
    }
}
