// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestServers;
import dev.assent.merkle.Hash;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongConsumer;
import org.flywaydb.core.Flyway;

/**
 * A log in a transaction that is rolled back at the end, and what {@link LogCheck} finds of it.
 *
 * @param connection the transaction
 * @param stored the log, opened and otherwise empty
 * @param key where its key would be, and the list of what that signed
 */
record CheckedLog(Connection connection, StoredLog stored, KeyFile key) implements AutoCloseable {
    private static final String DATABASE = withTables();

    /**
     * @param folder of the key
     */
    static CheckedLog open(Path folder) throws Exception {
        Connection connection = TestServers.connect(DATABASE);
        connection.setAutoCommit(false);
        return new CheckedLog(
                connection, new StoredLog(connection), new KeyFile(folder.resolve("log-key")));
    }

    LogCheck.Counts check(Findings findings, LongConsumer progress) throws SQLException {
        return new LogCheck(connection, key, findings, progress).run();
    }

    /** All of them, which must be few enough to be kept. */
    List<String> faults() throws SQLException {
        var findings = new Findings();
        check(findings, done -> {});
        assertThat(findings.count()).isEqualTo(findings.faults().size());
        return findings.faults();
    }

    /** Notes beside the key that it signed this. */
    void note(String origin, long size, Hash root) throws Exception {
        new CheckpointJournal(key.checkpoints())
                .append(new CheckpointJournal.Signed(origin, size, root));
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }

    private static String withTables() {
        String database = TestServers.newDatabase();
        Flyway.configure()
                .dataSource(database, "postgres", "postgres")
                .locations("classpath:db/migration")
                .load()
                .migrate();
        return database;
    }
}
