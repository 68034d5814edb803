// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.assent.merkle.Hash;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteVerifier;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a witness keeps, in a folder of its own that one process uses at a time:
 *
 * <ul>
 *   <li>{@code key}: its private key, for the owner alone to read,
 *   <li>{@code logs/HASH}: for each log the checkpoint cosigned last, a note that bears the
 *       cosignature; HASH is the SHA-256 of the origin,
 *   <li>{@code forks/HASH}: a second root that the log signed for one size, if it ever did,
 *   <li>{@code lock}: held by the operating system while the process lives.
 * </ul>
 *
 * <p>Whoever restores an old copy of this folder makes the witness forget, and it may then vouch
 * for a fork.
 */
final class StateFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lock;

    private StateFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens the folder, made if it is missing.
     *
     * @throws WitnessException if another process has it
     */
    static StateFolder open(Path folder) throws WitnessException, IOException {
        DurableFile.createFolder(folder);
        DurableFile.createFolder(folder.resolve("logs"));
        DurableFile.createFolder(folder.resolve("forks"));
        FileChannel lock = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
        if (!isTaken(lock)) {
            lock.close();
            throw new WitnessException("the folder " + folder + " is in use by another witness");
        }
        return new StateFolder(folder, lock);
    }

    private static boolean isTaken(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Where the private key lies, or will. */
    Path key() {
        return folder.resolve("key");
    }

    /** Whether any checkpoint was ever cosigned from here. */
    boolean hasCheckpoints() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
            return files.anyMatch(file -> !DurableFile.isUnfinished(file));
        }
    }

    /**
     * The checkpoint of a log cosigned last.
     *
     * @param key this witness's; its cosignature on the stored note is verified
     * @throws WitnessException if the file is damaged, or of another log or witness
     */
    Optional<Checkpoint> checkpoint(String origin, NoteVerifier key)
            throws WitnessException, IOException {
        Path file = file("logs", origin);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Note note = Note.parse(read(file));
            note.verify(List.of(key));
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (checkpoint.origin().equals(origin)) {
                return Optional.of(checkpoint);
            }
            throw damaged(file, "it is of the log " + checkpoint.origin());
        } catch (NoteException e) {
            throw damaged(file, e.getMessage());
        }
    }

    /** Keeps the checkpoint of a log cosigned last; on disk when this returns. */
    void keep(String origin, Note cosigned) throws IOException {
        DurableFile.write(file("logs", origin), cosigned.format().getBytes(UTF_8));
    }

    boolean hasFork(String origin) {
        return Files.exists(file("forks", origin));
    }

    void keepFork(String origin, Note signed) throws IOException {
        DurableFile.write(file("forks", origin), signed.format().getBytes(UTF_8));
    }

    private Path file(String kind, String origin) {
        return folder.resolve(kind).resolve(Hash.of(origin.getBytes(UTF_8)).hex());
    }

    private static byte[] read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(Note.MAX_BYTES + 1);
        }
    }

    private static WitnessException damaged(Path file, String why) {
        return new WitnessException(
                file
                        + " is damaged: "
                        + why
                        + ". It says what this witness vouched for last, so it does not start"
                        + " without it. Restore this very state, or begin anew in another folder,"
                        + " under another name and key.");
    }

    /** Gives the folder to whoever wants it next. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
