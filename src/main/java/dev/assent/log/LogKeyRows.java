// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.web.Timestamps;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys that have signed this log, as the database knows them. */
@Singleton
final class LogKeyRows {
    private static final String NEWEST =
            """
            select vkey
            from log_key
            where opened_index < ?
            order by opened_index desc
            limit 1
            """;

    private static final String ALL = "select vkey from log_key order by opened_index";

    private static final String INSERT =
            """
            insert into log_key (opened_index, vkey, opened_at)
            values (?, ?, ?::timestamptz)
            """;

    /** The vkey of the key that signs now; empty before the log is opened. */
    Optional<String> newest(Connection connection) throws SQLException {
        return newest(connection, Long.MAX_VALUE);
    }

    /** The vkey of the key that signed the checkpoint of this size. */
    String signing(Connection connection, long size) throws SQLException {
        return newest(connection, size)
                .orElseThrow(() -> new IllegalStateException("the log is not opened"));
    }

    /** The vkey of the key that signs a checkpoint of this size. */
    Optional<String> newest(Connection connection, long size) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            statement.setLong(1, size);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** The vkeys of all keys that have ever signed, oldest first. */
    List<String> all(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet rows = statement.executeQuery()) {
            List<String> vkeys = new ArrayList<>();
            while (rows.next()) {
                vkeys.add(rows.getString(1));
            }
            return vkeys;
        }
    }

    /**
     * @param openedIndex of the entry that says so
     */
    void insert(Connection connection, long openedIndex, String vkey, Instant at)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setLong(1, openedIndex);
            statement.setString(2, vkey);
            statement.setString(3, Timestamps.format(at));
            statement.executeUpdate();
        }
    }
}
