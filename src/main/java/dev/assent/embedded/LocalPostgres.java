// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL on the loopback address whose data lies in {@code <data folder>/postgres} and
 * outlives us: what it has committed is on disk, whoever is killed afterwards.
 *
 * <p>Not a shared server: role and password are its folder's own, and it ends with this process.
 */
public final class LocalPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalPostgres.class);

    /**
     * Stop signal INT: roll back what is open, write a checkpoint. QUIT: leave that to recovery.
     */
    private static final ServerProcess.Kind KIND =
            new ServerProcess.Kind("PostgreSQL", "postmaster.pid", "INT", "QUIT");

    private static final String PORT_FILE = "postgres.port";
    private static final int ATTEMPTS = 3;
    private static final long LOG_BYTES = 10 * 1024 * 1024;

    /**
     * For two cores. Durability is spelled out though it is the default: it is what this server is
     * for. Statements, their parameters and rows stay out of the server's log, as they may hold
     * what a visitor chose. No wal_compression: the bundled programs know pglz only, which costs
     * more processor time than it saves disk.
     */
    private static final Map<String, String> SETTINGS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("listen_addresses", "127.0.0.1"),
                            Map.entry("unix_socket_directories", ""),
                            Map.entry("fsync", "on"),
                            Map.entry("synchronous_commit", "on"),
                            Map.entry("full_page_writes", "on"),
                            Map.entry("shared_buffers", "256MB"),
                            Map.entry("effective_cache_size", "1GB"),
                            Map.entry("max_wal_size", "2GB"),
                            Map.entry("min_wal_size", "256MB"),
                            Map.entry("random_page_cost", "1.1"),
                            Map.entry("jit", "off"),
                            Map.entry("timezone", "UTC"),
                            Map.entry("log_timezone", "UTC"),
                            Map.entry("log_checkpoints", "off"),
                            Map.entry("log_min_error_statement", "panic"),
                            Map.entry("log_error_verbosity", "terse"),
                            Map.entry("log_parameter_max_length_on_error", "0")));

    private final FolderLock lock;
    private final ServerProcess process;
    private final int port;
    private final String password;

    private LocalPostgres(FolderLock lock, ServerProcess process, int port, String password) {
        this.lock = lock;
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts the server on the data in {@code dataDir/postgres}, made at the first call, and
     * returns when it answers. One that an earlier process left running there is stopped first. The
     * port is kept in {@code dataDir/postgres.port} and changes only if somebody else has taken it.
     *
     * @throws LocalServerException if the folder is in use or the server does not start
     */
    public static LocalPostgres start(Path dataDir) {
        try {
            long begin = System.nanoTime();
            Path home = Files.createDirectories(dataDir).toRealPath();
            FolderLock lock = FolderLock.take(home, "postgres");
            try {
                LocalPostgres started = start(home, lock);
                long millis = (System.nanoTime() - begin) / 1_000_000;
                LOG.info("PostgreSQL runs on port {}, after {} ms", started.port, millis);
                return started;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LocalServerException("Cannot start PostgreSQL in " + dataDir + ": " + e, e);
        }
    }

    /**
     * How one reaches a server.
     *
     * @param jdbcUrl without user and password
     */
    public record Address(String jdbcUrl, String user, String password) {
        /** Nothing of it, for it holds a password. */
        @Override
        public String toString() {
            return "Address";
        }
    }

    /**
     * The server that another process runs on {@code dataDir}; empty if none does. One that is just
     * starting may not answer yet.
     *
     * @throws LocalServerException if what is in the folder cannot be read
     */
    public static Optional<Address> running(Path dataDir) {
        try {
            if (!isPrepared(dataDir) || !FolderLock.isTaken(dataDir, "postgres")) {
                return Optional.empty();
            }
            int port = Integer.parseInt(Files.readString(dataDir.resolve(PORT_FILE)).strip());
            Path cluster = dataDir.resolve("postgres");
            String password = PostgresCluster.password(cluster);
            return Optional.of(new Address(jdbcUrl(port), PostgresCluster.USER, password));
        } catch (IOException | NumberFormatException e) {
            throw new LocalServerException(
                    "Cannot read where PostgreSQL runs in " + dataDir + ": " + e, e);
        }
    }

    /** Whether a server has ever been started on {@code dataDir}. */
    public static boolean isPrepared(Path dataDir) {
        return Files.isDirectory(dataDir.resolve("postgres"));
    }

    private static LocalPostgres start(Path home, FolderLock lock) throws IOException {
        PostgresCluster cluster = PostgresCluster.open(home);
        ServerProcess.stopLeftover(KIND, cluster.folder());
        Path log = cluster.folder().resolve("postgres.log");
        setAsideIfLong(log);
        for (int attempt = 1; ; attempt++) {
            int port = Ports.kept(home.resolve(PORT_FILE));
            Command start = Command.run(startCommand(cluster, log, port));
            var process = ServerProcess.tie(KIND, cluster.folder());
            if (start.succeeded() && process.isPresent()) {
                return new LocalPostgres(lock, process.get(), port, cluster.password());
            }
            if (attempt == ATTEMPTS || Ports.isFree(port)) {
                throw new LocalServerException(
                        "PostgreSQL does not start. Its last words:\n" + lastLines(log));
            }
        }
    }

    private static List<String> startCommand(PostgresCluster cluster, Path log, int port) {
        String options =
                SETTINGS.entrySet().stream()
                        .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(" ", "-p " + port + " ", ""));
        return cluster.command(
                "pg_ctl",
                "start",
                "--wait",
                "--timeout=120", // a crash under load is replayed first
                "--silent",
                "--pgdata=" + cluster.folder(),
                "--log=" + log,
                "--options=" + options);
    }

    private static void setAsideIfLong(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.move(
                    log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String lastLines(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "(it has left no log)";
        }
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }

    /** Without user and password, so that it may be logged. */
    public String jdbcUrl() {
        return jdbcUrl(port);
    }

    private static String jdbcUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + PostgresCluster.DATABASE;
    }

    /** The only role there is; may do everything within this server. */
    public String user() {
        return PostgresCluster.USER;
    }

    /**
     * Made with the cluster and kept in it. Needed: other accounts of this machine reach the port.
     */
    public String password() {
        return password;
    }

    /** 1024 to 65535. */
    public int port() {
        return port;
    }

    /**
     * Stops the server cleanly and waits for its end; what is open on a connection is rolled back.
     */
    @Override
    public void close() {
        try (lock) {
            process.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop PostgreSQL", e);
        }
    }
}
