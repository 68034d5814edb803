// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.embedded.LocalServerException;
import dev.assent.log.LogException;
import java.net.BindException;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Says in one line why the service does not start, in the words of whoever can do something about
 * it.
 */
final class StartFailure {
    private StartFailure() {}

    static String reason(Throwable failure) {
        String last = failure.toString();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String known = known(t);
            if (known != null) {
                return known;
            }
            last = t.getMessage() == null ? t.toString() : t.getMessage();
        }
        return last;
    }

    private static @Nullable String known(Throwable failure) {
        return switch (failure) {
            case LocalServerException own -> own.getMessage();
            case LogException log -> log.getMessage();
            case BindException taken -> "the port is taken; choose another one with ASSENT_PORT";
            case SQLException database -> "the database refuses: " + database.getMessage();
            case FlywayException migration when !(migration.getCause() instanceof SQLException) ->
                    "the tables cannot be brought up to date: " + migration.getMessage();
            default -> null;
        };
    }
}
