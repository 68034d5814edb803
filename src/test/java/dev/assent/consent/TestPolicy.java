// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.TestServers;
import dev.assent.merkle.Hash;
import dev.assent.site.Counting;
import dev.assent.site.PolicyVersion;
import dev.assent.site.Purpose;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Set;

/**
 * A site with one published version, put into the database by hand: what the recorder needs to see.
 */
final class TestPolicy {
    private static final Instant PUBLISHED = Instant.parse("2026-01-01T00:00:00Z");

    private TestPolicy() {}

    /**
     * Version 1 of a new site: purposes session (required), theme and analytics; English and
     * French.
     */
    static PolicyVersion publish(String databaseUrl, String siteKey) throws SQLException {
        byte[] document = ("{\"site\":\"" + siteKey + "\"}").getBytes(StandardCharsets.UTF_8);
        String sql =
                """
                with head as (
                    update log_head set size = size + 1 returning size - 1 as index),
                entry as (
                    insert into log_entry select index, decode('02', 'hex') || sha256(?) from head
                    returning index),
                owner as (
                    insert into organization (name, created_at) values ('Test', now()) returning id),
                newcomer as (
                    insert into site (organization_id, site_key, name, origins, retention, created_at)
                    select id, ?, 'Test', '{https://shop.example}', 'P24M', now() from owner
                    returning id),
                wording as (
                    insert into artefact values (sha256(?), ?) returning sha256),
                build as (
                    insert into widget_build values (sha256(?), ?, now()) on conflict do nothing)
                insert into policy_version (
                    site_id, version, sha256, widget_sha256, log_index, material, reason,
                    published_at, effective_at)
                select newcomer.id, 1, wording.sha256, sha256(?), entry.index, true, 'first', ?, ?
                from newcomer, wording, entry
                returning site_id
                """;
        try (Connection connection = TestServers.connect(databaseUrl);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            byte[] widget = "widget".getBytes(StandardCharsets.UTF_8);
            statement.setBytes(1, document);
            statement.setString(2, siteKey);
            statement.setBytes(3, document);
            statement.setBytes(4, document);
            statement.setBytes(5, widget);
            statement.setBytes(6, widget);
            statement.setBytes(7, widget);
            statement.setObject(8, PUBLISHED.atOffset(java.time.ZoneOffset.UTC));
            statement.setObject(9, PUBLISHED.atOffset(java.time.ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return version(row.getLong(1), siteKey, Hash.of(document));
            }
        }
    }

    static PolicyVersion version(long siteId, String siteKey, Hash sha256) {
        return new PolicyVersion(
                siteId,
                siteKey,
                1,
                sha256,
                List.of(
                        new Purpose("session", true, null, List.of(), List.of(), false, List.of()),
                        new Purpose("theme", false, null, List.of(), List.of(), false, List.of()),
                        new Purpose(
                                "analytics", false, null, List.of(), List.of(), false, List.of())),
                new Counting(false, 0),
                Set.of("en", "fr"),
                Period.ofMonths(6),
                "opt-in",
                true,
                "first",
                PUBLISHED,
                PUBLISHED);
    }
}
