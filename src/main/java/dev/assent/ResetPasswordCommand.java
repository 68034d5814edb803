// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.account.MachineReset;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** The command {@code reset-password}: a link for an operator who cannot come in any more. */
final class ResetPasswordCommand {
    private static final int DONE = 0;
    private static final int UNKNOWN = 1;
    private static final int FAILED = 2;

    private static final String HELP =
            """
            reset-password EMAIL

            Prints a link by which the operator with this address sets a new password. It works once,
            within an hour; the second factor stays on. The database is found as the service finds it:
            ASSENT_DATABASE_URL and so on, else the one in ASSENT_DATA_DIR.

            Exit code: 0 printed, 1 there is no such operator, 2 usage, or no database.
            """;

    private final Map<String, String> environment;
    private final InstantSource clock;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param environment the service's settings
     * @param out takes the link
     * @param err takes why there is none
     */
    ResetPasswordCommand(
            Map<String, String> environment,
            InstantSource clock,
            PrintStream out,
            PrintStream err) {
        this.environment = environment;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command.
     *
     * @param arguments what follows the word {@code reset-password}
     * @return the exit code
     */
    int run(String... arguments) {
        if (arguments.length != 1 || arguments[0].startsWith("-")) {
            boolean help = arguments.length == 1 && arguments[0].equals("--help");
            (help ? out : err).print(HELP);
            return help ? DONE : FAILED;
        }
        try (FsckDatabase database = FsckDatabase.find(environment);
                Connection connection = database.open("assent reset-password")) {
            return print(connection, arguments[0]);
        } catch (SQLException | RuntimeException e) {
            LoggerFactory.getLogger(ResetPasswordCommand.class).debug("no link", e);
            err.println("reset-password: " + StartFailure.reason(e));
            return FAILED;
        }
    }

    private int print(Connection connection, String email) throws SQLException {
        Optional<String> link = MachineReset.link(connection, email, clock.instant());
        connection.commit();
        if (link.isEmpty()) {
            err.println("reset-password: there is no operator with this address");
            return UNKNOWN;
        }
        out.println(address() + link.get());
        return DONE;
    }

    private String address() {
        String url = environment.getOrDefault("ASSENT_PUBLIC_URL", "");
        return url.isBlank()
                ? "http://localhost:" + environment.getOrDefault("ASSENT_PORT", "8080")
                : url.strip().replaceAll("/+$", "");
    }
}
