// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * Programs taken out of the class path into a folder, once: each lies under its resource's name and
 * checksum, so another version lies beside it and a second start finds it ready. A folder appears
 * under its name only when it is complete; several processes may unpack at the same time.
 */
final class Programs {
    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);

    private final Path folder;

    private Programs(Path folder) {
        this.folder = folder;
    }

    /** The user's own cache, shared by all data folders, or {@code fallback} if there is none. */
    static Programs cachedFor(Path fallback) {
        String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path cache =
                xdg.isBlank()
                        ? Path.of(System.getProperty("user.home", ""), ".cache")
                        : Path.of(xdg);
        Path folder = cache.resolve("assent");
        try {
            if (cache.isAbsolute() && Files.isWritable(Files.createDirectories(folder))) {
                return new Programs(folder);
            }
        } catch (IOException e) {
            LOG.debug("No cache at {}", folder, e);
        }
        return in(fallback);
    }

    static Programs in(Path folder) {
        return new Programs(folder);
    }

    /** Folder with {@code bin/postgres} and what it needs. */
    Path postgres() throws IOException {
        String platform = operatingSystem() + "-" + (isArm() ? "arm_64" : "x86_64");
        return place("postgres-" + platform + ".txz", Programs::untar)
                .orElseThrow(() ->
                        new LocalServerException(
                                "No PostgreSQL comes with Assent for "
                                        + platform
                                        + ". Name one of your own with"
                                        + " ASSENT_DATABASE_URL."));
    }

    /** The file {@code redis-server}; empty if none comes for this platform. */
    Optional<Path> redis() throws IOException {
        String resource =
                switch (operatingSystem()) {
                    case "linux" ->
                            isArm()
                                    ? "redis-server-6.2.7-linux-arm64"
                                    : "redis-server-6.2.6-v5-linux-amd64";
                    case "darwin" ->
                            isArm()
                                    ? "redis-server-6.2.6-v5-darwin-arm64"
                                    : "redis-server-6.2.6-v5-darwin-amd64";
                    default -> "none";
                };
        return place(resource, Programs::copyProgram).map(place -> place.resolve("redis-server"));
    }

    private static String operatingSystem() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("linux") ? "linux" : name;
    }

    private static boolean isArm() {
        return "aarch64".equals(System.getProperty("os.arch"));
    }

    @FunctionalInterface
    private interface Unpacking {
        void unpack(InputStream from, Path into) throws IOException;
    }

    private Optional<Path> place(String resource, Unpacking unpacking) throws IOException {
        URL url = Programs.class.getResource("/" + resource);
        if (url == null) {
            return Optional.empty();
        }
        Path place = folder.resolve(resource.replace(".txz", "") + "-" + checksum(url));
        if (!Files.isDirectory(place)) {
            Files.createDirectories(folder);
            Path parts = Files.createTempDirectory(folder, ".unpacking-");
            try (InputStream in = url.openStream()) {
                unpacking.unpack(in, parts);
            }
            Files.setPosixFilePermissions(parts, PosixFilePermissions.fromString("rwxr-xr-x"));
            moveUnlessThere(parts, place);
        }
        return Optional.of(place);
    }

    /** The CRC-32 in the jar's directory costs no reading; outside a jar, the size must do. */
    private static String checksum(URL url) throws IOException {
        URLConnection connection = URI.create(url.toString()).toURL().openConnection();
        long number =
                connection instanceof JarURLConnection jar
                        ? jar.getJarEntry().getCrc()
                        : connection.getContentLengthLong();
        return HexFormat.of().toHexDigits(number, 8);
    }

    private static void moveUnlessThere(Path parts, Path place) throws IOException {
        try {
            Files.move(parts, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(place)) {
                throw e;
            }
            Trees.delete(parts); // another process was quicker; both are the same
        }
    }

    private static void copyProgram(InputStream from, Path into) throws IOException {
        Path program = into.resolve("redis-server");
        Files.copy(from, program);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void untar(InputStream from, Path into) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(from))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                untar(tar, entry, into);
            }
        }
    }

    private static void untar(TarArchiveInputStream tar, TarArchiveEntry entry, Path into)
            throws IOException {
        Path path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) {
            throw new IOException("archive entry leads out of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.createDirectories(path.resolveSibling("."));
            Files.copy(tar, path);
            boolean runs = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
