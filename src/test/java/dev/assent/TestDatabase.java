// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Looks at what is stored, and tampers with it, as the tables' owner.
 *
 * @param url of the database, as JDBC has it
 */
public record TestDatabase(String url) {

    /** A site key that no other test has. */
    public static String siteKey() {
        return "T" + ThreadLocalRandom.current().nextLong(100_000_000L, 1_000_000_000L);
    }

    /** The key of another organization's site, which is else like the one with this key. */
    public String foreignSite(String like) throws SQLException {
        execute("insert into organization (name, created_at) values ('Other', now())");
        execute(
                """
                insert into site (organization_id, site_key, name, origins, retention, created_at)
                select (select max(id) from organization), 'Foreign001', 'x', origins, retention, now()
                from site
                where site_key = ?
                """,
                like);
        return "Foreign001";
    }

    /** Does {@code sql} with these values in place of its question marks. */
    public void execute(String sql, Object... values) throws SQLException {
        try (Connection connection = TestServers.connect(url);
                PreparedStatement statement = prepared(connection, sql, values)) {
            statement.execute();
        }
    }

    /** The first column, as texts. */
    public List<String> texts(String sql, Object... values) throws SQLException {
        var texts = new ArrayList<String>();
        try (Connection connection = TestServers.connect(url);
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    /** The first column of the first row, which must be there. */
    public String text(String sql, Object... values) throws SQLException {
        return texts(sql, values).getFirst();
    }

    /** The first column, as numbers in ascending order. */
    public List<Long> numbers(String sql, Object... values) throws SQLException {
        return texts(sql, values).stream().map(Long::valueOf).sorted().toList();
    }

    /** As {@link #text}. */
    public long number(String sql, Object... values) throws SQLException {
        return Long.parseLong(text(sql, values));
    }

    /** The numbers of a site's records. */
    public List<Long> records(long siteId) throws SQLException {
        return numbers("select seq from consent_record where site_id = ?", siteId);
    }

    /** The numbers of a site's tombstones. */
    public List<Long> tombstones(long siteId) throws SQLException {
        return numbers("select seq from erasure_tombstone where site_id = ?", siteId);
    }

    /** The statements of a site's erasures, in the log's order. */
    public List<String> statements(String siteKey) throws SQLException {
        return texts(
                """
                select convert_from(document, 'UTF8')
                from log_statement
                where convert_from(document, 'UTF8') like '%"first"%'
                  and convert_from(document, 'UTF8') like '%"site":"' || ? || '"%'
                order by log_index
                """,
                siteKey);
    }

    /** The key of a site of another organization. */
    public String foreignSite() throws SQLException {
        execute(
                """
                with other as (
                    insert into organization (name, created_at) values ('Other', now())
                    returning id)
                insert into site (organization_id, site_key, name, origins, retention, created_at)
                select id, 'FOREIGN000', 'Foreign', '{https://foreign.example}', 'P24M', now()
                from other
                on conflict do nothing
                """);
        return "FOREIGN000";
    }

    /** Gives a site to an organization that is new. */
    public void giveAway(String siteKey) throws SQLException {
        execute(
                """
                with other as (
                    insert into organization (name, created_at) values ('Other', now())
                    returning id)
                update site set organization_id = (select id from other) where site_key = ?
                """,
                siteKey);
    }

    /** Lets nobody in and has who is in gone, or lets everybody in again. */
    public void allowConnections(boolean allowed) throws SQLException {
        String name = url.replaceAll(".*/([a-z0-9_]+).*", "$1");
        var cluster = new TestDatabase(url.replace("/" + name, "/postgres"));
        cluster.execute("alter database " + name + " allow_connections " + allowed);
        if (!allowed) {
            cluster.execute(
                    "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                            + " where datname = ?",
                    name);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
