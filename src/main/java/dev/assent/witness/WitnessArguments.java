// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import dev.assent.note.NoteException;
import dev.assent.note.NoteVerifier;
import dev.assent.note.SignatureType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The command line of {@link WitnessCommand}.
 *
 * @param name of the witness's key
 * @param logs their public keys, at least one
 */
record WitnessArguments(
        Path state, String host, int port, Optional<String> name, List<NoteVerifier> logs) {
    /** Says what is wrong with a command line. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    static WitnessArguments parse(List<String> arguments) throws UsageException {
        Path state = Path.of("witness");
        String host = "127.0.0.1";
        int port = 8081;
        Optional<String> name = Optional.empty();
        List<NoteVerifier> logs = new ArrayList<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--state" -> state = path(value(rest, option));
                case "--host" -> host = value(rest, option);
                case "--port" -> port = port(value(rest, option));
                case "--name" -> name = Optional.of(value(rest, option));
                case "--log" -> logs.add(log(value(rest, option)));
                default -> throw new UsageException("not understood: " + option);
            }
        }
        if (logs.isEmpty()) {
            throw new UsageException("which log? Give its public key with --log");
        }
        return new WitnessArguments(state, host, port, name, List.copyOf(logs));
    }

    private static String value(Iterator<String> rest, String option) throws UsageException {
        if (!rest.hasNext()) {
            throw new UsageException(option + " needs a value");
        }
        return rest.next();
    }

    private static Path path(String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("--state: not the name of a folder");
        }
    }

    private static int port(String text) throws UsageException {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 0xffff) {
            throw new UsageException("--port: a number from 0 (any free one) to 65535");
        }
        return Integer.parseInt(text);
    }

    private static NoteVerifier log(String vkey) throws UsageException {
        try {
            return NoteVerifier.parse(vkey, SignatureType.ED25519);
        } catch (NoteException e) {
            throw new UsageException("--log: " + e.getMessage());
        }
    }
}
