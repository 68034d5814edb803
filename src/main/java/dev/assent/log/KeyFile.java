// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.note.NoteException;
import dev.assent.note.NoteSigner;
import dev.assent.note.SignatureType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * A file with a private key of the log, {@code PRIVATE+KEY+origin+id+base64}, on one line. Only its
 * owner can read one that is made here. Beside it may lie {@code FILE.next}, the key that takes
 * over at the next start, and lies {@code FILE.checkpoints}, what was signed.
 *
 * @param path of the file, which need not exist
 */
public record KeyFile(Path path) {
    private static final int MAX_BYTES = 4096;

    /**
     * The key in it; empty if there is no such file.
     *
     * @throws LogException if it cannot be read or is no private key
     */
    public Optional<NoteSigner> read() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(path)) {
            return Optional.of(
                    NoteSigner.parse(new String(in.readNBytes(MAX_BYTES), UTF_8).strip()));
        } catch (IOException e) {
            throw new LogException("the log's key cannot be read: " + path, e);
        } catch (NoteException e) {
            throw new LogException(
                    "this is no private key of a log: " + path + " (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Makes a new key.
     *
     * @param origin the log's name, such as {@code consent.example.com/log}
     * @throws LogException if the file exists, cannot be written, or the origin is no name
     */
    public NoteSigner create(String origin) {
        if (Files.exists(path)) {
            throw new LogException("there is a key already: " + path);
        }
        try {
            String key = NoteSigner.newKey(origin, SignatureType.ED25519, new SecureRandom());
            write(key + "\n");
            return NoteSigner.parse(key);
        } catch (NoteException e) {
            throw new LogException("no log can be named " + origin + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new LogException("the log's key cannot be written: " + path, e);
        }
    }

    /** The key that is to take over. */
    public KeyFile next() {
        return beside(".next");
    }

    /** The file beside it in which is kept what was signed. */
    Path checkpoints() {
        return beside(".checkpoints").path();
    }

    /**
     * Puts the next key in this one's place, which is kept under its id: old signatures can be
     * checked without it, but the operator decides when it is destroyed.
     */
    void takeOver() {
        try {
            Optional<NoteSigner> old = read();
            if (old.isPresent()) {
                String id = "%08x".formatted(old.get().verifier().keyId());
                Files.move(path, beside("." + id).path(), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(next().path(), path, StandardCopyOption.ATOMIC_MOVE);
            force(folder());
        } catch (IOException e) {
            throw new LogException("the next key cannot be put in place: " + path, e);
        }
    }

    private KeyFile beside(String ending) {
        return new KeyFile(path.resolveSibling(path.getFileName() + ending));
    }

    private Path folder() {
        Path folder = path.toAbsolutePath().getParent();
        return folder == null ? path.toAbsolutePath() : folder;
    }

    private void write(String key) throws IOException {
        Files.createDirectories(folder());
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path written = Files.createTempFile(folder(), "log-key", null, ownerOnly);
        Files.write(written, key.getBytes(UTF_8));
        force(written);
        Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
        force(folder());
    }

    /** Waits until a file, or the names in a folder, are on the disk. */
    private static void force(Path written) throws IOException {
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
