// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A process with servers of its own, made to be killed: it writes a row and waits. */
final class ServerHost {
    private static final String REDIS_PORT = "redis.port.of-test";

    private ServerHost() {}

    public static void main(String[] arguments) throws Exception {
        LocalPostgres postgres = LocalPostgres.start(Path.of(arguments[0]));
        LocalRedis redis = LocalRedis.start(Path.of(arguments[0])).orElseThrow();
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS note (word text)");
            statement.execute("INSERT INTO note VALUES ('kept')");
        }
        Files.writeString(Path.of(arguments[0], REDIS_PORT), redis.port() + "\n");
        System.out.println("ready");
        Thread.sleep(Long.MAX_VALUE);
    }

    static Connection connect(LocalPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    static int redisPort(Path dataDir) throws IOException {
        return Integer.parseInt(Files.readString(dataDir.resolve(REDIS_PORT)).strip());
    }

    /** Starts a host on {@code dataDir} and returns when its servers run. */
    static Process startOn(Path dataDir) throws IOException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        ProcessHandle.current().info().command().orElseThrow(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        ServerHost.class.getName(),
                                        dataDir.toString()))
                        .redirectErrorStream(true)
                        .start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals("ready")) {
                return process;
            }
        }
        throw new IOException("the host ended before it was ready");
    }
}
