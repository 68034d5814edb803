// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.Http;
import dev.assent.TestDatabase;
import dev.assent.TestServers;
import dev.assent.note.Note;
import dev.assent.note.NoteSigner;
import dev.assent.note.NoteVerifier;
import dev.assent.receipt.ReceiptVerifier;
import dev.assent.receipt.TrustPolicy;
import dev.assent.receipt.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Start after start on one database: with the log's key, without it, with another, with the next.
 */
class LogOpeningTest {
    @TempDir Path folder;
    private final String database = TestServers.newDatabase();

    @Test
    void firstStart_makesAKeyThatOnlyItsOwnerReads() throws Exception {
        try (TestNode node = TestNode.start(database, key())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
                    .isEqualTo("rw-------");
            NoteSigner made = new KeyFile(key()).read().orElseThrow();
            TestLog log = new TestLog(node.uri());
            assertThat(log.key()).isEqualTo(made.verifier());
            assertThat(log.key().name()).isEqualTo(TestNode.ORIGIN);
            log.check();
        }
    }

    @Test
    void nextStart_goesOnWithTheSameKeyUnderTheSameName() throws Exception {
        TestLog log;
        NoteVerifier first;
        try (TestNode node = TestNode.start(database, key())) {
            log = new TestLog(node.uri());
            first = log.key();
            node.choose(3);
            log.check();
        }
        var moved = Map.of("assent.public-url", "https://elsewhere.example");
        try (TestNode node = TestNode.start(database, key(), moved)) {
            log.moveTo(node.uri());
            node.choose(3);
            log.check();
            assertThat(log.key()).isEqualTo(first);
        }
    }

    @Test
    void nodeWithoutTheKey_recordsAndServesButDoesNotSign() throws Exception {
        try (TestNode node = TestNode.start(database, key());
                TestNode keyless = TestNode.start(database, folder.resolve("nowhere/log-key"))) {
            keyless.choose(3);
            assertThat(keyless.bean(CheckpointPublisher.class).publish()).isEmpty();
            new TestLog(keyless.uri()).check();
            assertThat(new TestLog(keyless.uri()).key()).isEqualTo(new TestLog(node.uri()).key());
            assertThat(folder.resolve("nowhere/log-key")).doesNotExist();
        }
    }

    @Test
    void anotherKey_isRefusedWithAWayOut() {
        TestNode.start(database, key()).close();
        Path other = folder.resolve("other-key");
        new KeyFile(other).create(TestNode.ORIGIN);
        assertThatThrownBy(() -> TestNode.start(database, other))
                .hasStackTraceContaining("is not that of the log in this database")
                .hasStackTraceContaining("ASSENT_LOG_KEY_FILE");
    }

    @Test
    void fileThatIsNoKey_isRefusedWithoutShowingIt() throws Exception {
        Files.writeString(key(), "PRIVATE+KEY+secret");
        assertThatThrownBy(() -> TestNode.start(database, key()))
                .hasStackTraceContaining("this is no private key of a log")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("PRIVATE+KEY+secret"));
    }

    @Test
    void restoredBackup_isRefusedWithAWayOut() throws Exception {
        String backup = TestServers.newDatabase();
        try (TestNode node = TestNode.start(database, key())) {
            node.choose(2);
        }
        TestNode.copy(database, backup);
        try (TestNode node = TestNode.start(database, key())) {
            node.choose(2);
        }
        assertThatThrownBy(() -> TestNode.start(backup, key()))
                .hasStackTraceContaining("would fork the log")
                .hasStackTraceContaining("restore a newer one");
        // The newer one is as good as it was.
        try (TestNode node = TestNode.start(database, key())) {
            new TestLog(node.uri()).check();
        }
    }

    /** A backup that was used for a while until it is as long as what was signed. */
    @Test
    void otherEntriesThanWereSigned_areRefused() throws Exception {
        String backup = TestServers.newDatabase();
        TestNode.start(database, key()).close();
        TestNode.copy(database, backup);
        try (TestNode node = TestNode.start(database, key())) {
            node.choose(1);
        }
        try (TestNode keyless = TestNode.start(backup, folder.resolve("none"))) {
            keyless.append(5);
        }
        assertThatThrownBy(() -> TestNode.start(backup, key()))
                .hasStackTraceContaining("the database holds other entries");
    }

    @Test
    void emptyDatabaseBesideAnOldKey_isRefused() throws Exception {
        TestNode.start(database, key()).close();
        assertThatThrownBy(() -> TestNode.start(TestServers.newDatabase(), key()))
                .hasStackTraceContaining("the database holds 0 entries");
    }

    @Test
    void exchangedDatabase_isFoundOutWhileRunning() throws Exception {
        String backup = TestServers.newDatabase();
        TestNode.start(database, key()).close();
        TestNode.copy(database, backup);
        try (TestNode node = TestNode.start(database, key())) {
            node.choose(1);
        }
        try (TestNode lagging = TestNode.start(backup, folder.resolve("none"))) {
            // As if the pool had been led to a server that lags behind.
            lagging.bean(LogKeys.class).use(new KeyFile(key()).read().orElseThrow());
            Files.copy(folder.resolve("log-key.checkpoints"), folder.resolve("none.checkpoints"));
            lagging.append(1);
            assertThatThrownBy(() -> lagging.bean(CheckpointPublisher.class).publish())
                    .isInstanceOf(LogException.class);
        }
    }

    @Test
    void nextKey_takesOverInOneTree() throws Exception {
        String receipt;
        NoteVerifier old;
        TestLog log;
        try (TestNode node = TestNode.start(database, key())) {
            log = new TestLog(node.uri());
            old = log.key();
            receipt = node.receipt(node.choose(2));
            log.check();
        }
        NoteVerifier next = new KeyFile(key()).next().create(TestNode.ORIGIN).verifier();
        try (TestNode node = TestNode.start(database, key())) {
            log.moveTo(node.uri());
            Note closing = Note.parse(new Http(node.uri()).get("/log/checkpoint").body());
            assertThat(closing.verify(List.of(old, next))).containsKeys(old, next);
            assertThat(log.key()).isEqualTo(next);
            log.check();
            node.choose(2);
            log.check();
            assertThat(new KeyFile(key()).read().orElseThrow().verifier()).isEqualTo(next);
            assertThat(new KeyFile(key()).next().path()).doesNotExist();
            assertValid(node.receipt(node.choose(1)), next);
        }
        assertValid(receipt, old);
        // And on.
        try (TestNode node = TestNode.start(database, key())) {
            log.moveTo(node.uri());
            log.check();
        }
    }

    @Test
    void lostKey_isFollowedByOneThatTheOperatorMakes() throws Exception {
        try (TestNode node = TestNode.start(database, key())) {
            node.choose(1);
        }
        Files.delete(key());
        NoteVerifier next = new KeyFile(key()).next().create(TestNode.ORIGIN).verifier();
        try (TestNode node = TestNode.start(database, key())) {
            assertValid(node.receipt(node.choose(1)), next);
            new TestLog(node.uri()).check();
        }
        assertThat(new KeyFile(key()).read().orElseThrow().verifier()).isEqualTo(next);
    }

    /** What was taken back must not stand in the journal as signed. */
    @Test
    void rotationThatFailsToCommit_isDoneByTheNextStart() throws Exception {
        try (TestNode node = TestNode.start(database, key())) {
            node.choose(1);
        }
        NoteVerifier next = new KeyFile(key()).next().create(TestNode.ORIGIN).verifier();
        new TestDatabase(database)
                .execute(
                        """
                        create function fail() returns trigger language plpgsql as
                            $$ begin raise exception 'no commit'; end $$;
                        create constraint trigger poison after insert on log_key
                            deferrable initially deferred for each row execute function fail()
                        """);
        assertThatThrownBy(() -> TestNode.start(database, key()))
                .hasStackTraceContaining("no commit");
        new TestDatabase(database).execute("drop trigger poison on log_key");

        try (TestNode node = TestNode.start(database, key())) {
            assertThat(new TestLog(node.uri()).key()).isEqualTo(next);
            node.choose(1);
            new TestLog(node.uri()).check();
        }
    }

    /** A crash between the commit and the files' move. */
    @Test
    void nextKeyThatTookOver_isPutInPlaceByTheStartAfter() throws Exception {
        TestNode.start(database, key()).close();
        byte[] old = Files.readAllBytes(key());
        NoteVerifier next = new KeyFile(key()).next().create(TestNode.ORIGIN).verifier();
        byte[] nextFile = Files.readAllBytes(new KeyFile(key()).next().path());
        TestNode.start(database, key()).close();
        Files.write(key(), old);
        Files.write(new KeyFile(key()).next().path(), nextFile);

        try (TestNode node = TestNode.start(database, key())) {
            assertThat(new TestLog(node.uri()).key()).isEqualTo(next);
            node.choose(1);
            new TestLog(node.uri()).check();
        }
        assertThat(new KeyFile(key()).read().orElseThrow().verifier()).isEqualTo(next);
    }

    @Test
    void newName_letsALogGoOnWhoseEndIsLost() throws Exception {
        String backup = TestServers.newDatabase();
        TestNode.start(database, key()).close();
        TestNode.copy(database, backup);
        try (TestNode node = TestNode.start(database, key())) {
            node.choose(1);
        }
        new KeyFile(key()).next().create("consent.example.com/log-2");
        try (TestNode node = TestNode.start(backup, key())) {
            TestLog log = new TestLog(node.uri());
            node.choose(1);
            log.check();
            assertThat(log.key().name()).isEqualTo("consent.example.com/log-2");
        }
    }

    private Path key() {
        return folder.resolve("log-key");
    }

    private static void assertValid(String receipt, NoteVerifier key) {
        Verdict verdict =
                new ReceiptVerifier(TrustPolicy.FIRST_USE.withLog(key))
                        .verify(receipt.getBytes(UTF_8));
        assertThat(verdict.exitCode()).as(verdict.toString()).isZero();
    }
}
