// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.assent.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

/** Sites and versions put into the database by hand: what serving scripts needs to see. */
final class TestScripts {
    static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private static final WidgetBuild WIDGET = WidgetBuild.of("show(assentPolicy)".getBytes(UTF_8));
    private static final AtomicInteger SITES = new AtomicInteger();

    private final TestDatabase database;

    TestScripts(String databaseUrl) {
        this.database = new TestDatabase(databaseUrl);
    }

    TestDatabase database() {
        return database;
    }

    /** A new site without a version. */
    String newSite() throws SQLException {
        String siteKey = "site" + (100_000 + SITES.incrementAndGet());
        database.execute(
                """
                with owner as (
                    insert into organization (name, created_at) values ('Test', now()) returning id)
                insert into site (organization_id, site_key, name, origins, retention, created_at)
                select id, ?, 'Test', '{https://shop.example}', 'P24M', now() from owner
                """,
                siteKey);
        return siteKey;
    }

    /** A new site with version 1 live. */
    String newSiteWithScript() throws SQLException {
        String siteKey = newSite();
        publish(siteKey, 1, LONG_AGO);
        return siteKey;
    }

    /** Publishes a version whose text is long enough to be worth compressing. */
    SiteScript publish(String siteKey, int version, Instant effectiveAt) throws SQLException {
        return publish(siteKey, version, effectiveAt, () -> {});
    }

    /** The same, where it is signed only when somebody says {@code sign}. */
    SiteScript publish(String siteKey, int version, Instant effectiveAt, Runnable sign)
            throws SQLException {
        String text = (siteKey + " asks for version " + version + ". ").repeat(100);
        SiteScript script =
                SiteScript.compose(WIDGET, ("{\"text\":\"" + text + "\"}").getBytes(UTF_8));
        byte[] document =
                ("{\"site\":\"" + siteKey + "\",\"version\":" + version + "}").getBytes(UTF_8);
        database.execute(
                """
                with head as (
                    update log_head set size = size + 1 returning size - 1 as index),
                entry as (
                    insert into log_entry select index, decode('02', 'hex') || sha256(?) from head
                    returning index),
                wording as (
                    insert into artefact values (sha256(?), ?) returning sha256),
                build as (
                    insert into widget_build values (?, ?, now()) on conflict do nothing),
                version as (
                    insert into policy_version
                    select id, ?, wording.sha256, ?, entry.index, true, 'test', now(), ?
                    from site, wording, entry where site_key = ?
                    returning site_id)
                insert into site_script select site_id, ?, ?, ?, ?, ? from version
                """,
                document,
                document,
                document,
                WIDGET.sha256().bytes(),
                WIDGET.script(),
                version,
                WIDGET.sha256().bytes(),
                effectiveAt.atOffset(ZoneOffset.UTC),
                siteKey,
                version,
                script.sha256().bytes(),
                script.identity(),
                script.gzip(),
                script.brotli());
        sign.run();
        awaitCheckpoint();
        return script;
    }

    /** A node of the test signs what has been put here: only then it goes live. */
    private void awaitCheckpoint() {
        String signed =
                "select count(*) from checkpoint, log_head where checkpoint.size = log_head.size";
        await().until(() -> database.number(signed) > 0);
    }

    void remove(String siteKey) throws SQLException {
        database.execute("update site set removed_at = now() where site_key = ?", siteKey);
    }
}
