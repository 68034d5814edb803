// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Transactions for those who speak JDBC. What fails rolls back and rises as a {@link
 * DataAccessException} that says what could not be done; {@link DatabaseTrouble} tells whether to
 * try again. Where the work has a {@link Reach}, it is entered first.
 */
@Singleton
public final class Transactions {
    private static final TransactionDefinition APART =
            TransactionDefinition.of(Propagation.REQUIRES_NEW);

    private final TransactionOperations<Connection> operations;
    private final ConnectionOperations<Connection> connections;

    Transactions(
            TransactionOperations<Connection> operations,
            ConnectionOperations<Connection> connections) {
        this.operations = operations;
        this.connections = connections;
    }

    /** What is done on the transaction's connection. */
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Reads, in the caller's transaction if there is one.
     *
     * @param task such as {@code read the log}, for the message
     */
    public <T> T read(String task, Work<T> work) {
        return operations.executeRead(status -> run(task, work, status.getConnection()));
    }

    /** Writes, in the caller's transaction if there is one. */
    public <T> T write(String task, Work<T> work) {
        return operations.executeWrite(status -> run(task, work, status.getConnection()));
    }

    /**
     * Writes in a transaction of its own, which does not see what the caller's has not committed.
     */
    public <T> T writeApart(String task, Work<T> work) {
        return operations.execute(APART, status -> run(task, work, status.getConnection()));
    }

    /**
     * Reads in one round trip, which is a transaction by itself: what {@code work} sends with one
     * call is. The caller must not be in one.
     *
     * @throws IllegalStateException if it is
     */
    public <T> T readAtOnce(String task, Work<T> work) {
        if (operations.findTransactionStatus().isPresent()) {
            throw new IllegalStateException("in a transaction already: " + task);
        }
        return connections.executeRead(status -> on(task, work, status.getConnection()));
    }

    private static <T> T run(String task, Work<T> work, Connection connection) {
        Reach.current().ifPresent(reach -> reach.enter(connection));
        return on(task, work, connection);
    }

    private static <T> T on(String task, Work<T> work, Connection connection) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DataAccessException("cannot " + task, e);
        }
    }
}
