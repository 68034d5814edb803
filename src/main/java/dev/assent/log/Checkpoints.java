// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.web.Timestamps;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The stored checkpoints: rows that are added and never changed. */
@Singleton
final class Checkpoints {
    /**
     * How long a checkpoint waits for witnesses before it is given out without them: one of them
     * may be away for long, and the log is not.
     */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String NEWEST =
            """
            select note, '' as lines
            from checkpoint
            order by size desc
            limit 1
            """;

    /** What only grows: the newest that the witnesses of the file vouch for, or that is old. */
    private static final String SERVED =
            """
            select note, coalesce(lines, '') as lines
            from checkpoint left join checkpoint_cosignature using (size)
            where meets_quorum or signed_at < ?::timestamptz
            order by size desc
            limit 1
            """;

    private static final String WITNESSED =
            """
            select note, lines
            from checkpoint join checkpoint_cosignature using (size)
            where meets_quorum
            order by size desc
            limit 1
            """;

    private static final String INSERT =
            """
            insert into checkpoint (size, root, note, signed_at)
            values (?, ?, ?, ?::timestamptz)
            """;

    private static final String INSERT_COSIGNATURES =
            """
            insert into checkpoint_cosignature (size, lines, meets_quorum)
            values (?, ?, ?)
            on conflict (size) do nothing
            """;

    /** The newest, whoever has vouched for it or not; empty until the first is signed. */
    Optional<SignedCheckpoint> newest(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            return read(statement);
        }
    }

    /** The newest that the quorum vouches for, or that has waited {@link #PATIENCE} for it. */
    Optional<SignedCheckpoint> served(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SERVED)) {
            statement.setString(1, Timestamps.format(now.minus(PATIENCE)));
            return read(statement);
        }
    }

    /** The newest that the quorum vouches for. */
    Optional<SignedCheckpoint> witnessed(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WITNESSED)) {
            return read(statement);
        }
    }

    void insert(Connection connection, SignedCheckpoint checkpoint, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setLong(1, checkpoint.size());
            statement.setBytes(2, checkpoint.root().bytes());
            statement.setString(3, checkpoint.note().format());
            statement.setString(4, Timestamps.format(now));
            statement.executeUpdate();
        }
    }

    /**
     * Keeps what the witnesses have said of a checkpoint; what is there already stays.
     *
     * @param lines signature lines, each with its line end
     */
    void insertCosignatures(Connection connection, long size, String lines, boolean meetsQuorum)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_COSIGNATURES)) {
            statement.setLong(1, size);
            statement.setString(2, lines);
            statement.setBoolean(3, meetsQuorum);
            statement.executeUpdate();
        }
    }

    private static Optional<SignedCheckpoint> read(PreparedStatement statement)
            throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(SignedCheckpoint.read(row.getString(1), row.getString(2)))
                    : Optional.empty();
        }
    }
}
