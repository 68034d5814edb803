// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.note.NoteSigner;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code key}: prints the log's verifier key, which auditors need from somebody else than the
 * service; {@code key next}: makes the key that takes over at the next start.
 */
public final class KeyCommand {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final String HELP =
            """
            key                       print the vkey of the log's key
            key next [--origin NAME]  make the key that takes over at the next start, print its vkey;
                                      with --origin under another name, for a log whose end is lost

            The key is in the file ASSENT_LOG_KEY_FILE, by default log-key in ASSENT_DATA_DIR.
            Exit code: 0 done, 1 not done, 2 usage.
            """;

    private final KeyFile file;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param environment names the file
     */
    public KeyCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.file =
                LogKeys.file(
                        environment.get("ASSENT_LOG_KEY_FILE"),
                        environment.getOrDefault("ASSENT_DATA_DIR", "data"));
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command.
     *
     * @param arguments what follows the word {@code key}
     * @return the exit code
     */
    public int run(String... arguments) {
        List<String> words = List.of(arguments);
        if (words.equals(List.of("--help"))) {
            out.print(HELP);
            return 0;
        }
        try {
            if (words.isEmpty()) {
                return print(required());
            }
            if (words.equals(List.of("next"))) {
                return next(null);
            }
            if (words.size() == 3 && words.subList(0, 2).equals(List.of("next", "--origin"))) {
                return next(words.getLast());
            }
        } catch (LogException e) {
            err.println("key: " + e.getMessage());
            return FAILED;
        }
        err.print(HELP);
        return USAGE;
    }

    private int next(@Nullable String origin) {
        String name = origin == null ? required().verifier().name() : origin;
        int done = print(file.next().create(name));
        err.println("key: made " + file.next().path() + "; it takes over at the next start");
        return done;
    }

    private NoteSigner required() {
        return file.read()
                .orElseThrow(() ->
                        new LogException(
                                "there is no key yet: "
                                        + file.path()
                                        + "; it is made at the first start"));
    }

    private int print(NoteSigner key) {
        out.println(key.verifier().vkey());
        return 0;
    }
}
