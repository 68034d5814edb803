// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The sequence of entries. Who appends does it inside a transaction of their own, so that an entry
 * and what it stands for are stored together or not at all:
 *
 * <ol>
 *   <li>{@link #lock} takes the head's row; from here to the end of the transaction nobody else, on
 *       any node, gets an index,
 *   <li>the caller stores its rows under the indexes from {@link Head#size()} on,
 *   <li>{@link #append} stores the entries and moves the head.
 * </ol>
 *
 * A crash anywhere before the commit leaves nothing; the indexes are given again.
 */
@Singleton
public final class TransparencyLog {

    /**
     * The locked head.
     *
     * @param size number of entries, which is the next entry's index
     */
    public record Head(long size) {}

    /**
     * Locks the head for the rest of the transaction; waits for whoever holds it.
     *
     * @throws SQLException if the database is out of reach; the transaction is to be rolled back
     */
    public Head lock(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select size from log_head for update");
                ResultSet head = statement.executeQuery()) {
            if (!head.next()) {
                throw new IllegalStateException("log_head has no row");
            }
            return new Head(head.getLong(1));
        }
    }

    /**
     * Stores {@code entries} at the indexes {@code head.size()} and following, and moves the head.
     *
     * @param entries each a type byte and its payload, 33 bytes (formats §4)
     * @return the head after it, still locked by the transaction
     * @throws SQLException if the database is out of reach; the transaction is to be rolled back
     */
    public Head append(Connection connection, Head head, List<byte[]> entries) throws SQLException {
        Head after = new Head(Math.addExact(head.size(), entries.size()));
        String sql =
                """
                with appended as (
                    insert into log_entry (index, entry)
                    select ? + place - 1, entry
                    from unnest(?::bytea[]) with ordinality as given (entry, place))
                update log_head
                set size = ?
                where size = ?
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Array array = connection.createArrayOf("bytea", entries.toArray(byte[][]::new));
            statement.setLong(1, head.size());
            statement.setArray(2, array);
            statement.setLong(3, after.size());
            statement.setLong(4, head.size());
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException(
                        "the log's head moved while it was locked at " + head);
            }
        }
        return after;
    }

    /**
     * How many entries are covered: an entry with an index below it has its place for good. Until
     * checkpoints are signed this is the number of committed entries.
     *
     * @throws SQLException if the database is out of reach
     */
    public long coveredSize(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select size from log_head");
                ResultSet head = statement.executeQuery()) {
            if (!head.next()) {
                throw new IllegalStateException("log_head has no row");
            }
            return head.getLong(1);
        }
    }
}
