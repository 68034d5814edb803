// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Redis on the loopback address, used as a cache: nothing is kept on disk, the least
 * recently used keys go when {@value #MAX_MEMORY} are full. Its password is new at every start,
 * because what is cached is sent to visitors and other accounts of this machine reach the port.
 */
public final class LocalRedis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRedis.class);
    private static final ServerProcess.Kind KIND =
            new ServerProcess.Kind("Redis", "redis.pid", "TERM", "KILL");

    private static final String MAX_MEMORY = "128mb";

    /** Client-side caching and RESP3 came with 6. */
    private static final int OLDEST_MAJOR = 6;

    private static final Pattern VERSION = Pattern.compile(" v=([0-9]{1,4})\\.");
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final int PASSWORD_BYTES = 24;

    private final FolderLock lock;
    private final ServerProcess process;
    private final URI uri;

    private LocalRedis(FolderLock lock, ServerProcess process, URI uri) {
        this.lock = lock;
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts the first that will: a {@code redis-server} or {@code valkey-server} on the PATH, then
     * the bundled one. One that an earlier process left running in {@code dataDir/redis} is stopped
     * first. Empty, with a line in the log, if none starts: the service runs without.
     *
     * @throws LocalServerException if the folder is in use
     */
    public static Optional<LocalRedis> start(Path dataDir) {
        try {
            long begin = System.nanoTime();
            Path home = Files.createDirectories(dataDir).toRealPath();
            FolderLock lock = FolderLock.take(home, "redis");
            try {
                Optional<LocalRedis> started = start(home, lock);
                if (started.isEmpty()) {
                    LOG.warn("No Redis starts here; caching in this process alone");
                    lock.close();
                    return started;
                }
                long millis = (System.nanoTime() - begin) / 1_000_000;
                LOG.info("Redis runs on port {}, after {} ms", started.get().port(), millis);
                return started;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            LOG.warn("Redis does not start; caching in this process alone", e);
            return Optional.empty();
        }
    }

    private static Optional<LocalRedis> start(Path home, FolderLock lock) throws IOException {
        Path folder = Files.createDirectories(home.resolve("redis"));
        ServerProcess.stopLeftover(KIND, folder);
        Optional<LocalRedis> installed =
                Stream.of("redis-server", "valkey-server")
                        .flatMap(name -> onPath(name).stream())
                        .filter(LocalRedis::isRecent)
                        .flatMap(program -> start(program, folder, lock).stream())
                        .findFirst();
        if (installed.isPresent()) {
            return installed;
        }
        return Programs.cachedFor(home.resolve("programs"))
                .redis()
                .filter(LocalRedis::isRecent)
                .flatMap(program -> start(program, folder, lock));
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isRecent(Path program) {
        Command version = Command.run(List.of(program.toString(), "--version"));
        Matcher found = VERSION.matcher(version.output());
        return found.find() && Integer.parseInt(found.group(1)) >= OLDEST_MAJOR;
    }

    private static Optional<LocalRedis> start(Path program, Path folder, FolderLock lock) {
        int port = Ports.free();
        String password = newPassword();
        // Settings through standard input: on the command line all could read the password.
        Command start =
                Command.run(List.of(program.toString(), "-"), settings(folder, port, password));
        if (!start.succeeded() || !Waiting.until(PATIENCE, POLL, () -> isUp(folder, port))) {
            LOG.warn("{} does not start: {}", program, start.output().strip());
            return Optional.empty();
        }
        try {
            URI uri = URI.create("redis://:" + password + "@127.0.0.1:" + port);
            return ServerProcess.tie(KIND, folder)
                    .map(process -> new LocalRedis(lock, process, uri));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot watch over Redis", e);
        }
    }

    /** The pid file is written after the port is open. */
    private static boolean isUp(Path folder, int port) {
        return ServerProcess.readPid(folder.resolve(KIND.pidFile())).isPresent()
                && Ports.answers(port);
    }

    private static String settings(Path folder, int port, String password) {
        return """
        bind 127.0.0.1
        port %d
        requirepass %s
        daemonize yes
        dir %s
        pidfile %s
        logfile %s
        loglevel warning
        save ""
        appendonly no
        maxmemory %s
        maxmemory-policy allkeys-lru
        """
                .formatted(
                        port,
                        password,
                        quoted(folder),
                        quoted(folder.resolve(KIND.pidFile())),
                        quoted(folder.resolve("redis.log")),
                        MAX_MEMORY);
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** {@code redis://:password@127.0.0.1:port}; not to be logged. */
    public URI uri() {
        return uri;
    }

    /** 1024 to 65535. */
    public int port() {
        return uri.getPort();
    }

    /** Stops the server and waits for its end; whatever it held is forgotten. */
    @Override
    public void close() {
        try (lock) {
            process.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop Redis", e);
        }
    }
}
