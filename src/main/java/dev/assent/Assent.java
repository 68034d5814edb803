// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.embedded.LocalServerException;
import io.micronaut.runtime.Micronaut;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The program's door. The first argument says what to do; without one it serves. */
public final class Assent {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final String USAGE =
            """
            usage: java -jar assent.jar [COMMAND] [ARGUMENT ...]

              run     start the service (also without a command), until Ctrl-C or SIGTERM
              help    print this

            Settings come from the environment; README.md lists them.
            """;

    private Assent() {}

    public static void main(String[] arguments) {
        String command = arguments.length == 0 ? "run" : arguments[0];
        String[] rest =
                Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        switch (command) {
            case "run" -> serve(rest);
            case "help", "--help", "-h" -> print(System.out, USAGE);
            default -> {
                print(System.err, "assent: there is no command '" + command + "'\n" + USAGE);
                System.exit(MISUSED);
            }
        }
    }

    /**
     * Returns once the service answers; its threads keep the process alive. At SIGTERM Micronaut
     * closes what it made, dependents first: the HTTP server, the pool, then the servers of ours.
     */
    private static void serve(String[] arguments) {
        try {
            Micronaut.run(Assent.class, arguments);
        } catch (RuntimeException e) {
            reasonFor(e).ifPresent(reason -> print(System.err, "assent: " + reason + "\n"));
            // Not a return: beans made before the failure may have left threads.
            System.exit(FAILED);
        }
    }

    /** What the operator can do something about; the trace is in the log already. */
    private static Optional<String> reasonFor(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(LocalServerException.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst();
    }

    private static void print(PrintStream stream, String text) {
        stream.print(text);
        stream.flush();
    }
}
