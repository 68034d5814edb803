// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import redis.embedded.RedisServer;

/**
 * Real PostgreSQL and Redis for tests: one cluster and one Redis for the whole run, a database of
 * its own for each test class that asks.
 */
public final class TestServers {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Path KEYS = newFolder();

    private TestServers() {}

    /** Properties of a service with a new, empty database, the shared Redis and no rate limit. */
    public static Map<String, String> properties() {
        return properties(newDatabase());
    }

    /** Properties of a service on {@code databaseUrl}, a JDBC URL. */
    public static Map<String, String> properties(String databaseUrl) {
        var properties = new HashMap<String, String>();
        properties.put("assent.database.url", databaseUrl);
        properties.put("assent.database.user", "postgres");
        properties.put("assent.database.password", "postgres");
        properties.put("assent.redis-uri", redisUri());
        properties.put("assent.rate-limit", "0");
        properties.put("micronaut.server.port", "-1");
        properties.put("assent.log-key-file", keyFile(databaseUrl));
        properties.put("assent.secret-file", keyFile(databaseUrl).replace("log-key", "secret-key"));
        properties.put("assent.checkpoint-interval", "250ms");
        return properties;
    }

    /** One for each database, so that a second node or start has the log's key. */
    private static String keyFile(String databaseUrl) {
        String database = databaseUrl.replaceAll("\\?.*", "").replaceAll(".*/", "");
        return KEYS.resolve(database).resolve("log-key").toString();
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("assent-test-keys");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JDBC URL of a new, empty database. */
    public static String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = Postgres.CLUSTER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create " + name, e);
        }
        return Postgres.CLUSTER.getJdbcUrl("postgres", name);
    }

    /** A connection of the tables' owner, for looking at and tampering with what is stored. */
    public static Connection connect(String databaseUrl) throws SQLException {
        return DriverManager.getConnection(databaseUrl, "postgres", "postgres");
    }

    public static String redisUri() {
        return "redis://127.0.0.1:" + Redis.PORT;
    }

    /**
     * A free port below those that systems give to outgoing connections: one of theirs may be taken
     * by any connection between here and its use.
     */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_240, 20_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: another one.
            }
        }
    }

    private static final class Postgres {
        static final EmbeddedPostgres CLUSTER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Redis {
        static final int PORT = freePort();

        static {
            try {
                RedisServer server =
                        RedisServer.newRedisServer().port(PORT).setting("save \"\"").build();
                server.start();
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> stop(server), "stop-test-redis"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(RedisServer server) {
            try {
                server.stop();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
