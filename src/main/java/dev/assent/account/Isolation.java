// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * Keeps organizations apart in the database itself: rows of tables with row-level security are
 * visible only within their organization, so a forgotten {@code where} shows nothing. What it says
 * ends with the transaction.
 */
@Singleton
public final class Isolation {
    private final TransactionOperations<Connection> transactions;

    Isolation(TransactionOperations<Connection> transactions) {
        this.transactions = transactions;
    }

    /** Does {@code work} in a transaction that sees the rows of this organization alone. */
    public <T> T within(long organizationId, Supplier<T> work) {
        return run("assent.organization", organizationId, work);
    }

    /** As {@link #within(long, Supplier)}. */
    public void within(long organizationId, Runnable work) {
        within(
                organizationId,
                () -> {
                    work.run();
                    return true;
                });
    }

    /** Does {@code work} in a transaction that sees where this operator is a member. */
    <T> T ofOperator(long operatorId, Supplier<T> work) {
        return run("assent.operator", operatorId, work);
    }

    private <T> T run(String setting, long id, Supplier<T> work) {
        return transactions.executeWrite(status -> {
            set(status.getConnection(), setting, id);
            return work.get();
        });
    }

    private static void set(Connection connection, String setting, long id) {
        try (var statement = connection.prepareStatement("select set_config(?, ?, true)")) {
            statement.setString(1, setting);
            statement.setString(2, Long.toString(id));
            statement.execute();
        } catch (SQLException e) {
            throw new io.micronaut.data.exceptions.DataAccessException(
                    "cannot keep organizations apart", e);
        }
    }
}
