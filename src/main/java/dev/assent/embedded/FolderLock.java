// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The right to use one server's part of a data folder. The operating system holds it by an open
 * file, so it ends with the process however that ends; the file itself stays and means nothing.
 */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @param server {@code postgres} or {@code redis}: which part of {@code dataDir}
     * @throws LocalServerException if another process, or another part of this one, has it
     */
    static FolderLock take(Path dataDir, String server) throws IOException {
        Path file = dataDir.resolve(server + ".lock");
        FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new LocalServerException(
                    "The data folder "
                            + dataDir
                            + " is in use by another Assent (process "
                            + Files.readString(file).strip()
                            + "). Stop that one, or give this one its own folder with"
                            + " ASSENT_DATA_DIR and its own port with ASSENT_PORT.");
        }
        channel.truncate(0);
        channel.write(UTF_8.encode(ProcessHandle.current().pid() + "\n"));
        return new FolderLock(channel);
    }

    /** Whether another process, or another part of this one, has it. */
    static boolean isTaken(Path dataDir, String server) throws IOException {
        Path file = dataDir.resolve(server + ".lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            return !locked(channel);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
