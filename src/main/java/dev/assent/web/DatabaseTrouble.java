// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a database that is out of reach from a fault of ours. */
public final class DatabaseTrouble {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /**
     * SQLSTATE classes and codes: connection, serialization and deadlock, resources, operator
     * intervention, system error; a read-only server, a lock not available.
     */
    private static final List<String> PASSING =
            List.of("08", "40", "53", "57", "58", "25006", "55P03");

    private DatabaseTrouble() {}

    /**
     * Whether {@code failure} means that the database cannot be reached or cannot serve now, so
     * that trying again may help: a broken connection, a pool without a free one, a server that is
     * out of resources, shuts down, cancels, is read-only or broke a deadlock.
     */
    public static boolean isOutOfReach(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && isOutOfReach(sql)) {
                return true;
            }
            for (Throwable suppressed : t.getSuppressed()) {
                if (isOutOfReach(suppressed)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOutOfReach(SQLException failure) {
        if (failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException) {
            return true;
        }
        String state = failure.getSQLState();
        // The server and the driver always give a state; the pool, for a connection that broke,
        // none.
        return state == null || PASSING.stream().anyMatch(state::startsWith);
    }

    /** The 503 that says so. */
    public static ProblemException asProblem() {
        return ProblemException.unavailable(
                "The database cannot be reached. Try again; a choice sent twice is recorded once.",
                RETRY_AFTER);
    }
}
