// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The rows of a query that is ordered by its first column, a number from 0, such as an index of the
 * log. Stands on one row at a time and fetches some ahead, so that memory does not grow with the
 * result. Several can be read at once and so be merged.
 */
public final class RowsByIndex implements AutoCloseable {
    /** What {@link #index()} says after the last row. */
    public static final long END = Long.MAX_VALUE;

    private final PreparedStatement statement;
    private final ResultSet rows;
    private long index;

    private RowsByIndex(PreparedStatement statement, ResultSet rows) throws SQLException {
        this.statement = statement;
        this.rows = rows;
        advance();
    }

    /**
     * Stands on the first row.
     *
     * @param connection without auto-commit: only then does the driver fetch some rows at a time
     * @param query ordered by its first column
     * @param ahead rows to be fetched at a time, at least 1
     */
    public static RowsByIndex read(Connection connection, String query, int ahead)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query);
        try {
            statement.setFetchSize(ahead);
            return new RowsByIndex(statement, statement.executeQuery());
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** The first column of the row that it stands on; {@link #END} after the last. */
    public long index() {
        return index;
    }

    public boolean isAtEnd() {
        return index == END;
    }

    /** The row that it stands on. */
    public ResultSet row() {
        return rows;
    }

    /** Goes on to the next row. */
    public void advance() throws SQLException {
        index = rows.next() ? rows.getLong(1) : END;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
