// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** The service as an operator runs it: a process of its own, with its own PostgreSQL and Redis. */
final class RunningService implements AutoCloseable {
    private final Process process;
    private final Path data;
    private final Path log;
    private final int port;

    private RunningService(Process process, Path data, Path log, int port) {
        this.process = process;
        this.data = data;
        this.log = log;
        this.port = port;
    }

    /** Starts the service on {@code data} and waits until it is ready. */
    static RunningService start(Path data, Map<String, String> environment) {
        int port = TestServers.freePort();
        Path log = data.resolveSibling(data.getFileName() + "-" + port + ".log");
        try {
            var builder =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "--enable-native-access=ALL-UNNAMED",
                                    "--sun-misc-unsafe-memory-access=allow",
                                    "-Xmx512m",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "-Dlogback.configurationFile=logback.xml",
                                    Assent.class.getName(),
                                    "run")
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("ASSENT_"));
            builder.environment().put("ASSENT_PORT", Integer.toString(port));
            builder.environment().put("ASSENT_DATA_DIR", data.toString());
            builder.environment().putAll(environment);
            builder.directory(folder(data));
            var service = new RunningService(builder.start(), data, log, port);
            service.awaitReady();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Http http() {
        return new Http(base());
    }

    String base() {
        return "http://localhost:" + port;
    }

    /** Everything that the service has written to its terminal. */
    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection to its database, past the service. */
    Connection connect() throws SQLException {
        try {
            String port = Files.readString(data.resolve("postgres.port")).strip();
            String password = Files.readString(data.resolve("postgres/assent.password")).strip();
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + port + "/assent", "assent", password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: no farewell of any kind. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, and waits for the end. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private static File folder(Path data) {
        return Objects.requireNonNull(data.toAbsolutePath().getParent()).toFile();
    }

    private void awaitReady() {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the service ended:\n" + output());
                    }
                    return isReady();
                });
    }

    private boolean isReady() {
        try {
            return http().get("/health/readiness").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
