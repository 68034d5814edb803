// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

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
     * Locks the head. A statement of its own: what follows it must see what was committed before.
     */
    public static final String LOCK = "select size from log_head for update";

    /** Stores entries and moves the head. */
    public static final String APPEND =
            """
            with appended as (
                insert into log_entry (index, entry)
                select ? + place - 1, entry
                from unnest(?::bytea[]) with ordinality as given (entry, place))
            update log_head
            set size = ?
            where size = ?
            """;

    public static final int APPEND_PARAMETERS = 4;

    private static final String STORE_STATEMENTS =
            """
            insert into log_statement (log_index, document)
            select ? + place - 1, document
            from unnest(?::bytea[]) with ordinality as given (document, place)
            """;

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
        try (PreparedStatement statement = connection.prepareStatement(LOCK);
                ResultSet head = statement.executeQuery()) {
            return readHead(head);
        }
    }

    /**
     * Reads the result of {@link #LOCK}, for whoever sends it together with statements of their
     * own.
     */
    public static Head readHead(ResultSet head) throws SQLException {
        if (!head.next()) {
            throw new IllegalStateException("log_head has no row");
        }
        return new Head(head.getLong(1));
    }

    /**
     * Stores {@code entries} at the indexes {@code head.size()} and following, and moves the head.
     *
     * @param entries each a type byte and its payload, 33 bytes (formats §4)
     * @throws SQLException if the database is out of reach; the transaction is to be rolled back
     */
    public void append(Connection connection, Head head, List<byte[]> entries) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            setAppend(statement, head, entries);
            checkAppended(head, statement.executeUpdate());
        }
    }

    /**
     * An entry that stands for a document which may be read by anybody.
     *
     * @param entry a type byte and the document's SHA-256, 33 bytes
     * @param document canonical JSON: a statement of erasure, or a log event
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Statement(byte[] entry, byte[] document) {}

    /**
     * Stores statements as {@link #append} stores entries, together with their documents: the first
     * at the index {@code head.size()}.
     *
     * @throws SQLException if the database is out of reach; the transaction is to be rolled back
     */
    public void appendStatements(Connection connection, Head head, List<Statement> statements)
            throws SQLException {
        append(connection, head, statements.stream().map(Statement::entry).toList());
        try (PreparedStatement statement = connection.prepareStatement(STORE_STATEMENTS)) {
            byte[][] documents =
                    statements.stream().map(Statement::document).toArray(byte[][]::new);
            statement.setLong(1, head.size());
            statement.setArray(2, connection.createArrayOf("bytea", documents));
            statement.executeUpdate();
        }
    }

    /** The document of a statement; empty if the entry is none. */
    Optional<byte[]> statement(Connection connection, long index) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select document from log_statement where log_index = ?")) {
            statement.setLong(1, index);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    /** Sets the first {@link #APPEND_PARAMETERS} parameters, those of {@link #APPEND}. */
    public static void setAppend(PreparedStatement statement, Head head, List<byte[]> entries)
            throws SQLException {
        byte[][] values = entries.toArray(byte[][]::new);
        statement.setLong(1, head.size());
        statement.setArray(2, statement.getConnection().createArrayOf("bytea", values));
        statement.setLong(3, Math.addExact(head.size(), entries.size()));
        statement.setLong(4, head.size());
    }

    /** The head must have been where it was locked: {@link #APPEND} moves one row. */
    public static void checkAppended(Head head, int moved) {
        if (moved != 1) {
            throw new IllegalStateException("the log's head moved while it was locked at " + head);
        }
    }

    /** How many entries are committed. */
    public long size(Connection connection) throws SQLException {
        return number(connection, "select size from log_head");
    }

    /**
     * How many entries are covered by a signed checkpoint: an entry with an index below it has its
     * place for good.
     *
     * @throws SQLException if the database is out of reach
     */
    public long coveredSize(Connection connection) throws SQLException {
        return number(connection, "select coalesce(max(size), 0) from checkpoint");
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
