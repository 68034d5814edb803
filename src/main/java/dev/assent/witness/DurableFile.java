// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Writes small files so that after a crash each is either the old one or the new one, whole. */
final class DurableFile {
    private static final String UNFINISHED = ".new";

    private DurableFile() {}

    /**
     * Writes a file that its owner alone may read. When this returns it is on disk; when it throws,
     * or the machine stops, there is the old content or the new, and nobody knows which.
     */
    static void write(Path file, byte[] content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished); // of a crash; a crash here leaves the old content
        try (FileChannel channel =
                FileChannel.open(unfinished, Set.of(CREATE_NEW, WRITE), owner("rw-------"))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        // A crash up to here leaves the old content, and an unfinished file that nobody reads.
        Files.move(unfinished, file, ATOMIC_MOVE);
        sync(parent(file)); // until then a crash of the machine may undo the move
    }

    /** Whether this is a file that a crash left half written. */
    static boolean isUnfinished(Path file) {
        return file.toString().endsWith(UNFINISHED);
    }

    /** A folder that its owner alone may enter, unless it is there already. */
    static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(parent(folder));
            Files.createDirectory(folder, owner("rwx------"));
            sync(parent(folder));
        }
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    }

    private static void sync(Path folder) throws IOException {
        if (isPosix()) {
            try (FileChannel channel = FileChannel.open(folder, READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] owner(String permissions) {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Windows has neither these permissions nor folders that can be opened. */
    static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
