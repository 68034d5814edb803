// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Looks at what is stored, and tampers with it, as the tables' owner. */
final class TestDatabase {
    private final String url;

    TestDatabase(String url) {
        this.url = url;
    }

    /** A site key that no other test has. */
    static String siteKey() {
        return "T" + ThreadLocalRandom.current().nextLong(100_000_000L, 1_000_000_000L);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = TestServers.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column, as texts. */
    List<String> texts(String sql) throws SQLException {
        var texts = new ArrayList<String>();
        try (Connection connection = TestServers.connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    /** The first column, as numbers in ascending order. */
    List<Long> numbers(String sql) throws SQLException {
        return texts(sql).stream().map(Long::valueOf).sorted().toList();
    }

    long number(String sql) throws SQLException {
        return numbers(sql).getFirst();
    }

    /** The numbers of a site's records. */
    List<Long> records(long siteId) throws SQLException {
        return numbers("select seq from consent_record where site_id = " + siteId);
    }

    /** The numbers of a site's tombstones. */
    List<Long> tombstones(long siteId) throws SQLException {
        return numbers("select seq from erasure_tombstone where site_id = " + siteId);
    }

    /** The statements of a site's erasures, in the log's order. */
    List<String> statements(String siteKey) throws SQLException {
        return texts(
                """
                select convert_from(document, 'UTF8')
                from log_statement
                where convert_from(document, 'UTF8') like '%"first"%'
                  and convert_from(document, 'UTF8') like '%"site":"SITE"%'
                order by log_index
                """
                        .replace("SITE", siteKey));
    }
}
