// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.web.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

/**
 * Failures by account, in the database, for all nodes. Each count is a transaction of its own: what
 * the caller rolls back has still been tried.
 */
@Singleton
final class AccountDelays {
    private static final int FREE = 5;

    private static final String COUNT =
            """
            insert into sign_in_delay (subject, failures, failed_at, locked_until)
            values (?, 1, ?, ?)
            on conflict (subject) do update set
                failures = case when sign_in_delay.failed_at < ? then 1
                    else sign_in_delay.failures + 1 end,
                failed_at = excluded.failed_at
            where sign_in_delay.locked_until <= excluded.failed_at
            returning failures
            """;
    private static final String LOCK =
            "update sign_in_delay set locked_until = ? where subject = ?";
    private static final String LOCKED = "select locked_until from sign_in_delay where subject = ?";
    private static final String FORGET =
            "delete from sign_in_delay where subject = ? or failed_at < ?";

    private final Transactions transactions;

    AccountDelays(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Counts an attempt as a failure. The row is locked until the wait is written, so of many at
     * once each sees those before it.
     *
     * @return failures in a row, this one included
     * @throws TooManyAttempts if it comes too soon
     */
    int begin(byte[] subject, Instant now) {
        return transactions.writeApart(
                "count an attempt",
                connection -> {
                    int failures = count(connection, subject, now);
                    lock(connection, subject, now.plus(Delay.after(failures, FREE)));
                    return failures;
                });
    }

    /** Forgets the subject's failures, and all that are old. */
    void forget(byte[] subject, Instant now) {
        transactions.writeApart(
                "forget attempts",
                connection -> {
                    try (var statement = connection.prepareStatement(FORGET)) {
                        statement.setBytes(1, subject);
                        statement.setTimestamp(2, Timestamp.from(now.minus(Delay.MEMORY)));
                        return statement.executeUpdate();
                    }
                });
    }

    private static int count(Connection connection, byte[] subject, Instant now)
            throws SQLException {
        try (var statement = connection.prepareStatement(COUNT)) {
            statement.setBytes(1, subject);
            statement.setTimestamp(2, Timestamp.from(now));
            statement.setTimestamp(3, Timestamp.from(now));
            statement.setTimestamp(4, Timestamp.from(now.minus(Delay.MEMORY)));
            try (var rows = statement.executeQuery()) {
                if (rows.next()) {
                    return rows.getInt(1);
                }
            }
        }
        throw new TooManyAttempts(wait(connection, subject, now));
    }

    private static Duration wait(Connection connection, byte[] subject, Instant now)
            throws SQLException {
        try (var statement = connection.prepareStatement(LOCKED)) {
            statement.setBytes(1, subject);
            try (var rows = statement.executeQuery()) {
                return rows.next()
                        ? Duration.between(now, rows.getTimestamp(1).toInstant())
                        : Duration.ZERO;
            }
        }
    }

    private static void lock(Connection connection, byte[] subject, Instant until)
            throws SQLException {
        try (var statement = connection.prepareStatement(LOCK)) {
            statement.setTimestamp(1, Timestamp.from(until));
            statement.setBytes(2, subject);
            statement.executeUpdate();
        }
    }
}
