// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import dev.assent.merkle.Hash;
import dev.assent.receipt.JsonObject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What has happened on a site since a place, read from the tables that keep it anyway: numbers of
 * records and indexes of the log are given and committed in order, so up to the newest nothing can
 * come in between any more. To be called within the site's organization.
 */
@Singleton
final class Happenings {
    private static final String RECORDS =
            """
            select seq, id, action, recorded_at
            from consent_record
            where site_id = ? and seq > ? and seq <= ?
            order by seq
            """;

    /** Each statement names one run of numbers. */
    private static final String ERASURES =
            """
            select statement_index, min(seq), max(seq), min(reason), min(erased_at)
            from erasure_tombstone
            where site_id = ? and statement_index >= ? and statement_index < ?
            group by statement_index
            order by statement_index
            """;

    private static final String VERSIONS =
            """
            select version, sha256, published_at
            from policy_version
            where site_id = ? and log_index >= ? and log_index < ?
            order by version
            """;

    private static final String END =
            """
            select coalesce((select last_seq from site_sequence where site_id = ?), 0),
                   (select size from log_head)
            """;

    /**
     * How far a site has come.
     *
     * @param seq of its newest record; 0 before the first
     * @param index of the log's next entry
     */
    record Place(long seq, long index) {}

    Place end(Connection connection, long siteId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END)) {
            statement.setLong(1, siteId);
            ResultSet row = statement.executeQuery();
            row.next();
            return new Place(row.getLong(1), row.getLong(2));
        }
    }

    /** Choices with the numbers after {@code after} up to {@code last}; erased ones are gone. */
    List<Happening> records(Connection connection, String site, long siteId, long after, long last)
            throws SQLException {
        return read(
                connection,
                RECORDS,
                new long[] {siteId, after, last},
                row -> {
                    boolean withdrawal = row.getString(3).equals("withdraw");
                    long seq = row.getLong(1);
                    JsonObject data =
                            about(site).put("id", row.getString(2)).put("seq", seq).build();
                    EventType type = withdrawal ? EventType.WITHDRAWN : EventType.RECORDED;
                    return new Happening(type.word(), instant(row, 4), data, seq);
                });
    }

    /** Erasures and new versions with indexes from {@code first} to before {@code end}. */
    List<Happening> others(Connection connection, String site, long siteId, long first, long end)
            throws SQLException {
        long[] range = {siteId, first, end};
        var found = new ArrayList<>(read(connection, ERASURES, range, row -> erasure(site, row)));
        found.addAll(read(connection, VERSIONS, range, row -> version(site, row)));
        return found;
    }

    private static Happening erasure(String site, ResultSet row) throws SQLException {
        JsonObject data =
                about(site)
                        .put("first", row.getLong(2))
                        .put("last", row.getLong(3))
                        .put("reason", row.getString(4))
                        .put("statement", row.getLong(1))
                        .build();
        return new Happening(EventType.ERASED.word(), instant(row, 5), data, null);
    }

    private static Happening version(String site, ResultSet row) throws SQLException {
        JsonObject data =
                about(site)
                        .put("version", row.getInt(1))
                        .put("sha256", Hash.fromBytes(row.getBytes(2)).hex())
                        .build();
        return new Happening(EventType.PUBLISHED.word(), instant(row, 3), data, null);
    }

    static JsonObject.Builder about(String site) {
        return JsonObject.builder().put("site", site);
    }

    private interface Reading {
        Happening of(ResultSet row) throws SQLException;
    }

    private static List<Happening> read(
            Connection connection, String sql, long[] parameters, Reading reading)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setLong(i + 1, parameters[i]);
            }
            ResultSet row = statement.executeQuery();
            List<Happening> found = new ArrayList<>();
            while (row.next()) {
                found.add(reading.of(row));
            }
            return found;
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
