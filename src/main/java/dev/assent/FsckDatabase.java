// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.embedded.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The database that a service with these settings works with: the configured one, or the one in the
 * data folder. If nobody runs that, it runs until this is closed.
 */
final class FsckDatabase implements AutoCloseable {
    private final DatabaseAddress address;
    private final Optional<LocalPostgres> started;

    private FsckDatabase(DatabaseAddress address, Optional<LocalPostgres> started) {
        this.address = address;
        this.started = started;
    }

    /**
     * @param environment {@code ASSENT_DATABASE_URL}, {@code ASSENT_DATA_DIR} and so on
     * @throws IllegalArgumentException if the settings name no database
     * @throws dev.assent.embedded.LocalServerException if the one in the folder cannot be started
     */
    static FsckDatabase find(Map<String, String> environment) {
        String url = environment.getOrDefault("ASSENT_DATABASE_URL", "");
        if (!url.isEmpty()) {
            return new FsckDatabase(
                    DatabaseAddress.of(
                            url,
                            environment.get("ASSENT_DATABASE_USER"),
                            environment.get("ASSENT_DATABASE_PASSWORD")),
                    Optional.empty());
        }
        Path data = Path.of(environment.getOrDefault("ASSENT_DATA_DIR", "data"));
        if (!LocalPostgres.isPrepared(data)) {
            throw new IllegalArgumentException(
                    "there is no database in "
                            + data.toAbsolutePath()
                            + "; name its folder in ASSENT_DATA_DIR, or its address in"
                            + " ASSENT_DATABASE_URL");
        }
        return LocalPostgres.running(data)
                .map(running -> new FsckDatabase(address(running), Optional.empty()))
                .orElseGet(() -> start(data));
    }

    private static FsckDatabase start(Path data) {
        LocalPostgres own = LocalPostgres.start(data);
        var address = new DatabaseAddress(own.jdbcUrl(), own.user(), own.password());
        return new FsckDatabase(address, Optional.of(own));
    }

    private static DatabaseAddress address(LocalPostgres.Address running) {
        return new DatabaseAddress(running.jdbcUrl(), running.user(), running.password());
    }

    /** A connection on which one transaction sees one state, and changes nothing. */
    Connection connect() throws SQLException {
        Connection connection = open("assent fsck");
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        // Rather no check than one that is shown a part: this account has to own the tables.
        try (var statement = connection.createStatement()) {
            statement.execute("set row_security = off");
        }
        return connection;
    }

    /**
     * A connection that may change what the account of these settings may, in transactions.
     *
     * @param program that asks, for whoever looks at the server
     */
    Connection open(String program) throws SQLException {
        var properties = new Properties();
        put(properties, "user", address.user());
        put(properties, "password", address.password());
        properties.put("ApplicationName", program);
        // A row would stand in the message, with what a visitor chose.
        properties.put("logServerErrorDetail", "false");
        Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties);
        connection.setAutoCommit(false);
        return connection;
    }

    private static void put(Properties properties, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            properties.put(name, value);
        }
    }

    /** Stops what was started here. */
    @Override
    public void close() {
        started.ifPresent(LocalPostgres::close);
    }
}
