// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file beside the key that says what was signed with it: a line for each checkpoint, {@code
 * origin size root}, appended before anybody sees the checkpoint. A database that was put back to
 * an earlier state is found out by it.
 *
 * <p>Only the newest lines are needed; of a file longer than 1 MiB its last quarter is kept.
 */
final class CheckpointJournal {
    private static final long MAX_BYTES = 1 << 20;
    private static final int KEPT_BYTES = 1 << 18;

    private final Path file;
    private @Nullable Map<String, Signed> newest;

    CheckpointJournal(Path file) {
        this.file = file;
    }

    /** A line of the file. */
    record Signed(String origin, long size, Hash root) {
        String line() {
            return origin + " " + size + " " + root.base64() + "\n";
        }

        /** Reads a line; empty if it was cut short when the machine went down. */
        static Optional<Signed> parse(String line) {
            String[] words = line.split(" ", -1);
            try {
                return words.length != 3
                        ? Optional.empty()
                        : Optional.of(
                                new Signed(
                                        words[0],
                                        Long.parseLong(words[1]),
                                        Hash.fromBase64(words[2])));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * The newest line of {@code origin}; empty if nothing of it was signed. The file is read once.
     *
     * @throws LogException if it cannot be read
     */
    synchronized Optional<Signed> newest(String origin) {
        if (newest == null) {
            newest = read();
        }
        return Optional.ofNullable(newest.get(origin));
    }

    /**
     * The newest line of each origin, as the file is now; empty if there is none.
     *
     * @throws LogException if it cannot be read
     */
    Map<String, Signed> read() {
        var found = new HashMap<String, Signed>();
        if (Files.exists(file)) {
            try {
                for (String line : Files.readString(file, UTF_8).split("\n")) {
                    Signed.parse(line).ifPresent(signed -> found.put(signed.origin(), signed));
                }
            } catch (IOException e) {
                throw new LogException("the list of signed checkpoints cannot be read: " + file, e);
            }
        }
        return found;
    }

    /**
     * Appends a line and waits until it is on the disk.
     *
     * @throws IOException if it cannot be written; the checkpoint must not be shown to anybody
     */
    synchronized void append(Signed signed) throws IOException {
        newest(signed.origin());
        if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
            shorten();
        }
        requireWritable();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            // A line that a crash cut short must not swallow this one.
            String line = endsWithin(channel.size()) ? "\n" + signed.line() : signed.line();
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (newest != null) {
            newest.put(signed.origin(), signed);
        }
    }

    /**
     * Makes the file if there is none, so that its name is on the disk before a line is.
     *
     * @throws IOException if it cannot be written
     */
    void requireWritable() throws IOException {
        if (Files.isWritable(file)) {
            return;
        }
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Whether the file ends within a line. */
    private boolean endsWithin(long size) throws IOException {
        if (size == 0) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, size - 1);
            return last.get(0) != '\n';
        }
    }

    /** A crash in between leaves the long file. */
    private void shorten() throws IOException {
        byte[] all = Files.readAllBytes(file);
        int from = all.length - KEPT_BYTES;
        while (all[from - 1] != '\n') {
            from++;
        }
        Path shorter = file.resolveSibling(file.getFileName() + ".new");
        Files.write(shorter, Arrays.copyOfRange(all, from, all.length));
        try (FileChannel channel = FileChannel.open(shorter, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(shorter, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
