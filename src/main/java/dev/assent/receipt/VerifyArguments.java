// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteVerifier;
import dev.assent.note.SignatureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The command line of {@link VerifyCommand}, read, and the files that it names. */
record VerifyArguments(Path file, TrustPolicy trust, Optional<Note> since, boolean json) {
    /** Says what is wrong with a command line. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    static VerifyArguments parse(List<String> arguments) throws UsageException {
        @Nullable Path file = null;
        TrustPolicy trust = TrustPolicy.FIRST_USE;
        Optional<NoteVerifier> vkey = Optional.empty();
        Optional<Note> since = Optional.empty();
        boolean json = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--json" -> json = true;
                case "--vkey" -> vkey = Optional.of(vkey(value(rest, argument)));
                case "--trust" -> trust = trust(value(rest, argument));
                case "--since" -> since = Optional.of(since(value(rest, argument)));
                default -> file = file(file, argument);
            }
        }
        if (file == null) {
            throw new UsageException("which file?");
        }
        TrustPolicy all = vkey.isPresent() ? trust.withLog(vkey.get()) : trust;
        return new VerifyArguments(file, all, since, json);
    }

    private static Path file(@Nullable Path before, String argument) throws UsageException {
        if (before != null || argument.startsWith("--")) {
            throw new UsageException("not understood: " + argument);
        }
        return path(argument);
    }

    private static Path path(String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("not the name of a file");
        }
    }

    private static String value(Iterator<String> rest, String option) throws UsageException {
        if (!rest.hasNext()) {
            throw new UsageException(option + " needs a value");
        }
        return rest.next();
    }

    private static NoteVerifier vkey(String vkey) throws UsageException {
        try {
            return NoteVerifier.parse(vkey, SignatureType.ED25519);
        } catch (NoteException e) {
            throw new UsageException("--vkey: " + e.getMessage());
        }
    }

    private static TrustPolicy trust(String file) throws UsageException {
        try {
            return TrustPolicy.parse(read("--trust", file));
        } catch (TrustPolicyException e) {
            throw new UsageException("--trust: " + e.getMessage());
        }
    }

    private static Note since(String file) throws UsageException {
        try {
            return Note.parse(read("--since", file));
        } catch (NoteException e) {
            throw new UsageException("--since: " + e.getMessage());
        }
    }

    private static byte[] read(String option, String file) throws UsageException {
        try (var in = Files.newInputStream(path(file))) {
            return in.readNBytes(Note.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new UsageException(option + ": cannot read " + file);
        }
    }
}
