// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A program that was run to its end.
 *
 * @param status its exit status; 127 where there is no such program
 * @param output what it wrote, both streams together, UTF-8
 */
record Command(int status, String output) {
    private static final int NO_SUCH_PROGRAM = 127;

    /** Runs {@code words} and waits; a program that starts a daemon must let go of its streams. */
    static Command run(List<String> words, String input) {
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(UTF_8));
            } catch (IOException e) {
                // It ended without reading; its status tells more than this would.
            }
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Command(process.waitFor(), output);
        } catch (IOException e) {
            return new Command(NO_SUCH_PROGRAM, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServerException("Interrupted while running " + words.getFirst(), e);
        }
    }

    static Command run(List<String> words) {
        return run(words, "");
    }

    boolean succeeded() {
        return status == 0;
    }
}
