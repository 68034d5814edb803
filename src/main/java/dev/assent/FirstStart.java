// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.account.Isolation;
import dev.assent.account.Organization;
import dev.assent.account.Organizations;
import dev.assent.log.CheckpointSchedule;
import dev.assent.log.LogOpening;
import dev.assent.site.DemoSite;
import dev.assent.site.NewPolicy;
import dev.assent.site.PolicyDrafts;
import dev.assent.site.PolicyService;
import dev.assent.site.Site;
import dev.assent.site.SiteDetails;
import dev.assent.site.Sites;
import dev.assent.web.PublicUrl;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.core.order.Ordered;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What is made once in a new database: the log, an organization and a demo site with a published
 * policy, so that {@code /demo} works within the first minute. What is done at every start: the log
 * is opened and checkpoints begin, the keys are set that the environment names, and the demo's
 * origins where address or port have changed.
 */
@Singleton
class FirstStart implements ApplicationEventListener<ServerStartupEvent>, Ordered {
    /** Any number that nobody else uses for an advisory lock in this database. */
    private static final long LOCK = 0x617373656e740001L;

    private static final int MAX_ORIGINS = 100;

    private final Organizations organizations;
    private final Isolation isolation;
    private final Sites sites;
    private final DemoSite demo;
    private final PolicyDrafts drafts;
    private final PolicyService policies;
    private final FirstKeys keys;
    private final PublicUrl publicUrl;
    private final LogOpening log;
    private final CheckpointSchedule schedule;
    private final ConnectionOperations<Connection> database;

    FirstStart(
            Organizations organizations,
            Isolation isolation,
            Sites sites,
            DemoSite demo,
            PolicyDrafts drafts,
            PolicyService policies,
            FirstKeys keys,
            PublicUrl publicUrl,
            LogOpening log,
            CheckpointSchedule schedule,
            ConnectionOperations<Connection> database) {
        this.organizations = organizations;
        this.isolation = isolation;
        this.sites = sites;
        this.demo = demo;
        this.drafts = drafts;
        this.policies = policies;
        this.keys = keys;
        this.publicUrl = publicUrl;
        this.log = log;
        this.schedule = schedule;
        this.database = database;
    }

    /** Before anything that tells people where to go. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        log.openIfNew();
        prepare(origins(event.getSource().getPort()));
        // The demo's policy goes live with the first checkpoint: not a second after we say "ready".
        schedule.hurry();
        schedule.start();
    }

    /** All of it in one transaction: a start that is cut short leaves nothing half made. */
    @Transactional
    void prepare(List<String> origins) {
        lock();
        boolean isNew = organizations.first().isEmpty();
        Organization first = organizations.foundFirst("Demo organization");
        isolation.within(first.id(), () -> prepare(first, isNew, origins));
    }

    private void prepare(Organization first, boolean isNew, List<String> origins) {
        if (isNew) {
            makeDemo(first, origins);
        }
        demo.find()
                .filter(site -> site.organizationId() == first.id())
                .ifPresent(site -> extend(site, origins));
        keys.prepare(first);
    }

    private void makeDemo(Organization organization, List<String> origins) {
        Site site = sites.create(organization.id(), SiteDetails.of("Demo shop", origins));
        drafts.put(organization.id(), site.siteKey(), demoPolicy());
        policies.publish(
                organization.id(),
                site.siteKey(),
                new NewPolicy(true, "First policy of the demo shop", null, null));
    }

    private void extend(Site site, List<String> origins) {
        var all = new LinkedHashSet<>(site.origins());
        all.addAll(origins);
        // Also where an origin stands there twice.
        if (all.size() <= MAX_ORIGINS && !List.copyOf(all).equals(site.origins())) {
            sites.change(
                    site.organizationId(),
                    site.siteKey(),
                    stored ->
                            new SiteDetails(
                                    stored.name(),
                                    List.copyOf(all),
                                    stored.cookieDomain(),
                                    stored.retention()));
        }
    }

    private List<String> origins(int port) {
        URI address = publicUrl.uri();
        String origin = address.getScheme() + "://" + address.getRawAuthority();
        return SiteDetails.of(
                        "Demo shop",
                        List.of(origin, "http://localhost:" + port, "http://127.0.0.1:" + port))
                .origins();
    }

    /** Held to the end of the transaction: a second node that starts now waits for the first. */
    private void lock() {
        Connection connection = database.getConnectionStatus().getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot take the lock of the first start", e);
        }
    }

    private static byte[] demoPolicy() {
        try (InputStream policy = FirstStart.class.getResourceAsStream("demo-policy.json")) {
            if (policy == null) {
                throw new IllegalStateException("the program was packed without demo-policy.json");
            }
            return policy.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the demo's policy", e);
        }
    }
}
