// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.consent.TestChoice;
import dev.assent.note.Note;
import dev.assent.note.NoteSigner;
import dev.assent.note.NoteVerifier;
import dev.assent.receipt.ReceiptVerifier;
import dev.assent.receipt.TrustPolicy;
import dev.assent.receipt.Verdict;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Start after start on one database: with the log's key, without it, with another, with the next.
 */
class LogOpeningTest {
    private static final String ORIGIN = "consent.example.com/log";

    @TempDir Path folder;
    private final String database = TestServers.newDatabase();

    @Test
    void firstStart_makesAKeyThatOnlyItsOwnerReads() throws Exception {
        try (EmbeddedServer node = start(database, key())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
                    .isEqualTo("rw-------");
            NoteSigner made = new KeyFile(key()).read().orElseThrow();
            TestLog log = new TestLog(node.getURI());
            assertThat(log.key()).isEqualTo(made.verifier());
            assertThat(log.key().name()).isEqualTo(ORIGIN);
            log.check();
        }
    }

    @Test
    void nextStart_goesOnWithTheSameKeyUnderTheSameName() throws Exception {
        TestLog log;
        NoteVerifier first;
        try (EmbeddedServer node = start(database, key())) {
            log = new TestLog(node.getURI());
            first = log.key();
            choose(node, 3);
            log.check();
        }
        Map<String, String> moved = properties(database, key());
        moved.put("assent.public-url", "https://elsewhere.example");
        try (EmbeddedServer node = start(moved)) {
            log.moveTo(node.getURI());
            choose(node, 3);
            log.check();
            assertThat(log.key()).isEqualTo(first);
        }
    }

    @Test
    void nodeWithoutTheKey_recordsAndServesButDoesNotSign() throws Exception {
        try (EmbeddedServer node = start(database, key());
                EmbeddedServer keyless = start(database, folder.resolve("nowhere/log-key"))) {
            choose(keyless, 3);
            assertThat(bean(keyless, CheckpointPublisher.class).publish()).isEmpty();
            new TestLog(keyless.getURI()).check();
            assertThat(new TestLog(keyless.getURI()).key())
                    .isEqualTo(new TestLog(node.getURI()).key());
            assertThat(folder.resolve("nowhere/log-key")).doesNotExist();
        }
    }

    @Test
    void anotherKey_isRefusedWithAWayOut() {
        start(database, key()).close();
        Path other = folder.resolve("other-key");
        new KeyFile(other).create(ORIGIN);
        assertThatThrownBy(() -> start(database, other))
                .hasStackTraceContaining("is not that of the log in this database")
                .hasStackTraceContaining("ASSENT_LOG_KEY_FILE");
    }

    @Test
    void fileThatIsNoKey_isRefusedWithoutShowingIt() throws Exception {
        Files.writeString(key(), "PRIVATE+KEY+secret");
        assertThatThrownBy(() -> start(database, key()))
                .hasStackTraceContaining("this is no private key of a log")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("PRIVATE+KEY+secret"));
    }

    @Test
    void restoredBackup_isRefusedWithAWayOut() throws Exception {
        String backup = TestServers.newDatabase();
        try (EmbeddedServer node = start(database, key())) {
            choose(node, 2);
        }
        copy(database, backup);
        try (EmbeddedServer node = start(database, key())) {
            choose(node, 2);
        }
        assertThatThrownBy(() -> start(backup, key()))
                .hasStackTraceContaining("would fork the log")
                .hasStackTraceContaining("restore a newer one");
        // The newer one is as good as it was.
        try (EmbeddedServer node = start(database, key())) {
            new TestLog(node.getURI()).check();
        }
    }

    /** A backup that was used for a while until it is as long as what was signed. */
    @Test
    void otherEntriesThanWereSigned_areRefused() throws Exception {
        String backup = TestServers.newDatabase();
        start(database, key()).close();
        copy(database, backup);
        try (EmbeddedServer node = start(database, key())) {
            choose(node, 1);
        }
        try (EmbeddedServer keyless = start(backup, folder.resolve("none"))) {
            append(keyless, 5);
        }
        assertThatThrownBy(() -> start(backup, key()))
                .hasStackTraceContaining("the database holds other entries");
    }

    @Test
    void emptyDatabaseBesideAnOldKey_isRefused() throws Exception {
        start(database, key()).close();
        assertThatThrownBy(() -> start(TestServers.newDatabase(), key()))
                .hasStackTraceContaining("the database holds 0 entries");
    }

    @Test
    void exchangedDatabase_isFoundOutWhileRunning() throws Exception {
        String backup = TestServers.newDatabase();
        start(database, key()).close();
        copy(database, backup);
        try (EmbeddedServer node = start(database, key())) {
            choose(node, 1);
        }
        try (EmbeddedServer lagging = start(backup, folder.resolve("none"))) {
            // As if the pool had been led to a server that lags behind.
            bean(lagging, LogKeys.class).use(new KeyFile(key()).read().orElseThrow());
            Files.copy(folder.resolve("log-key.checkpoints"), folder.resolve("none.checkpoints"));
            append(lagging, 1);
            assertThatThrownBy(() -> bean(lagging, CheckpointPublisher.class).publish())
                    .isInstanceOf(LogException.class);
        }
    }

    @Test
    void nextKey_takesOverInOneTree() throws Exception {
        String receipt;
        NoteVerifier old;
        TestLog log;
        try (EmbeddedServer node = start(database, key())) {
            log = new TestLog(node.getURI());
            old = log.key();
            receipt = receipt(node, choose(node, 2));
            log.check();
        }
        NoteVerifier next = new KeyFile(key()).next().create(ORIGIN).verifier();
        try (EmbeddedServer node = start(database, key())) {
            log.moveTo(node.getURI());
            Note closing = Note.parse(new Http(node.getURI()).get("/log/checkpoint").body());
            assertThat(closing.verify(List.of(old, next))).containsKeys(old, next);
            assertThat(log.key()).isEqualTo(next);
            log.check();
            choose(node, 2);
            log.check();
            assertThat(new KeyFile(key()).read().orElseThrow().verifier()).isEqualTo(next);
            assertThat(new KeyFile(key()).next().path()).doesNotExist();
            assertValid(receipt(node, choose(node, 1)), next);
        }
        assertValid(receipt, old);
        // And on.
        try (EmbeddedServer node = start(database, key())) {
            log.moveTo(node.getURI());
            log.check();
        }
    }

    /** A crash between the commit and the files' move. */
    @Test
    void nextKeyThatTookOver_isPutInPlaceByTheStartAfter() throws Exception {
        start(database, key()).close();
        byte[] old = Files.readAllBytes(key());
        NoteVerifier next = new KeyFile(key()).next().create(ORIGIN).verifier();
        byte[] nextFile = Files.readAllBytes(new KeyFile(key()).next().path());
        start(database, key()).close();
        Files.write(key(), old);
        Files.write(new KeyFile(key()).next().path(), nextFile);

        try (EmbeddedServer node = start(database, key())) {
            assertThat(new TestLog(node.getURI()).key()).isEqualTo(next);
            choose(node, 1);
            new TestLog(node.getURI()).check();
        }
        assertThat(new KeyFile(key()).read().orElseThrow().verifier()).isEqualTo(next);
    }

    @Test
    void newName_letsALogGoOnWhoseEndIsLost() throws Exception {
        String backup = TestServers.newDatabase();
        start(database, key()).close();
        copy(database, backup);
        try (EmbeddedServer node = start(database, key())) {
            choose(node, 1);
        }
        new KeyFile(key()).next().create("consent.example.com/log-2");
        try (EmbeddedServer node = start(backup, key())) {
            TestLog log = new TestLog(node.getURI());
            choose(node, 1);
            log.check();
            assertThat(log.key().name()).isEqualTo("consent.example.com/log-2");
        }
    }

    private Path key() {
        return folder.resolve("log-key");
    }

    /** Has some choices recorded, and waits until they are signed. */
    private static String choose(EmbeddedServer node, int choices) {
        String id = record(node, choices);
        long size = size(node);
        await().until(() -> new TestLog(node.getURI()).checkpoint().size() >= size);
        return id;
    }

    private static String record(EmbeddedServer node, int choices) {
        TestSite site = TestSite.publish(node.getURI());
        String id = "";
        for (int i = 0; i < choices; i++) {
            id = TestChoice.id().toString();
            assertThat(site.send(TestChoice.json(site, id)).statusCode()).isEqualTo(201);
        }
        return id;
    }

    /** Entries that no policy has to be live for. */
    private static void append(EmbeddedServer node, int entries) throws SQLException {
        TransparencyLog log = bean(node, TransparencyLog.class);
        byte[] entry = new byte[33];
        entry[0] = 1;
        try (Connection connection = TestServers.connect(url(node))) {
            connection.setAutoCommit(false);
            log.append(connection, log.lock(connection), Collections.nCopies(entries, entry));
            connection.commit();
        }
    }

    private static long size(EmbeddedServer node) {
        try (Connection connection = TestServers.connect(url(node));
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("select size from log_head")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url(EmbeddedServer node) {
        return node.getApplicationContext()
                .getRequiredProperty("assent.database.url", String.class);
    }

    private static String receipt(EmbeddedServer node, String id) {
        Http http = new Http(node.getURI());
        return await().until(
                        () -> http.get("/v1/consents/" + id + "/receipt"),
                        answer -> answer.statusCode() == 200)
                .body();
    }

    private static void assertValid(String receipt, NoteVerifier key) {
        Verdict verdict =
                new ReceiptVerifier(TrustPolicy.FIRST_USE.withLog(key))
                        .verify(receipt.getBytes(UTF_8));
        assertThat(verdict.exitCode()).as(verdict.toString()).isZero();
    }

    private static <T> T bean(EmbeddedServer node, Class<T> type) {
        return node.getApplicationContext().getBean(type);
    }

    private EmbeddedServer start(String onDatabase, Path key) {
        return start(properties(onDatabase, key));
    }

    private static EmbeddedServer start(Map<String, String> properties) {
        return ApplicationContext.run(
                EmbeddedServer.class, new HashMap<String, Object>(properties));
    }

    private static Map<String, String> properties(String onDatabase, Path key) {
        var properties = new HashMap<>(TestServers.properties(onDatabase));
        properties.put("assent.admin-key", TestApi.ADMIN_KEY);
        properties.put("assent.public-url", "https://consent.example.com");
        properties.put("assent.log-key-file", key.toString());
        return properties;
    }

    /** A backup of a service that is stopped. */
    private static void copy(String from, String to) throws SQLException {
        String server = from.replaceAll("/test_[0-9]+", "/postgres");
        try (Connection connection = TestServers.connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute("drop database " + name(to));
            statement.execute("create database " + name(to) + " template " + name(from));
        }
    }

    private static String name(String url) {
        return url.replaceAll(".*/", "").replaceAll("\\?.*", "");
    }
}
