// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells a database that is out of reach from a fault of ours. */
public final class DatabaseTrouble {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private DatabaseTrouble() {}

    /**
     * Whether {@code failure} means that the database cannot be reached or cannot serve now
     * (SQLSTATE classes 08 connection, 53 resources, 57P shutting down or starting; a pool without
     * a free connection; a read-only standby, 25006).
     */
    public static boolean isOutOfReach(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && isOutOfReach(sql)) {
                return true;
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
        return state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || state.equals("25006");
    }

    /** The 503 that says so. */
    public static ProblemException asProblem() {
        return ProblemException.unavailable(
                "The database cannot be reached; nothing was stored. Try again.", RETRY_AFTER);
    }
}
