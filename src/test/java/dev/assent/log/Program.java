// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of somebody else's language.
 *
 * @param command the program and its first arguments
 */
record Program(List<String> command) {

    /** Runs it until it ends, with further arguments. */
    Output run(List<?> arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(command);
        arguments.forEach(argument -> words.add(argument.toString()));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Output(process.waitFor(), text);
    }

    /**
     * What came of it.
     *
     * @param status 0 if it agrees, 1 if it refuses
     * @param text of both its streams
     */
    record Output(int status, String text) {}
}
