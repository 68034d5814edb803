// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.log.KeyCommand;
import dev.assent.receipt.VerifyCommand;
import dev.assent.witness.WitnessCommand;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Arrays;
import org.slf4j.LoggerFactory;

/** The program's door. The first argument says what to do; without one it serves. */
public final class Assent {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final String USAGE =
            """
            usage: java -jar assent.jar [COMMAND] [ARGUMENT ...]

              run      start the service (also without a command), until Ctrl-C or SIGTERM
              verify   check a receipt, a bundle or an export, offline; verify --help says more
              witness  be a witness of a log; witness --help says more
              key      print the log's verifier key, or make the next one; key --help says more
              reset-password EMAIL
                       print a link by which an operator sets a new password
              fsck     check the whole log and what its entries stand for; fsck --help says more
              help     print this

            Settings come from the environment; README.md lists them.
            """;

    private Assent() {}

    public static void main(String[] arguments) {
        String command = arguments.length == 0 ? "run" : arguments[0];
        String[] rest =
                Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        switch (command) {
            case "run" -> serve(rest);
            case "verify" -> System.exit(new VerifyCommand(System.out, System.err).run(rest));
            case "witness" -> witness(rest);
            case "key" ->
                    System.exit(new KeyCommand(System.getenv(), System.out, System.err).run(rest));
            case "fsck" -> System.exit(fsck(rest));
            case "reset-password" ->
                    System.exit(
                            new ResetPasswordCommand(
                                            System.getenv(),
                                            InstantSource.system(),
                                            System.out,
                                            System.err)
                                    .run(rest));
            case "help", "--help", "-h" -> print(System.out, USAGE);
            default -> {
                print(System.err, "assent: there is no command '" + command + "'\n" + USAGE);
                System.exit(MISUSED);
            }
        }
    }

    /** Returns once the service answers; its threads keep the process alive. */
    private static void serve(String[] arguments) {
        try {
            new Service(arguments).start();
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Assent.class).debug("the service does not start", e);
            print(System.err, "assent: " + StartFailure.reason(e) + "\n");
            // Not a return: what was started before the failure may have left threads.
            System.exit(FAILED);
        }
    }

    /** Returns once the witness answers; its threads keep the process alive. */
    private static void witness(String[] arguments) {
        int code =
                new WitnessCommand(System.out, System.err, InstantSource.system()).run(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int fsck(String[] arguments) {
        // What is said on the way must not stand in the result.
        System.setProperty("assent.log.target", "System.err");
        return new FsckCommand(System.getenv(), System.out, System.err).run(arguments);
    }

    private static void print(PrintStream stream, String text) {
        stream.print(text);
        stream.flush();
    }
}
