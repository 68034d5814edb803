// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.merkle.Hash;
import dev.assent.note.NoteSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who signed the checkpoints of a log, and what the list beside the key says of that. */
class SignaturesCheckTest {
    @TempDir Path folder;
    private CheckedLog checked;
    private StoredLog log;

    @BeforeEach
    void open() throws Exception {
        checked = CheckedLog.open(folder);
        log = checked.stored();
    }

    @AfterEach
    void close() throws SQLException {
        checked.close();
    }

    @Test
    void checkpointOfAnotherKey_isFound() throws Exception {
        log.growTo(20);
        log.sign(StoredLog.newKey(StoredLog.ORIGIN));
        assertThat(checked.faults())
                .containsExactly(
                        "the checkpoint over 20 entries is not signed by the log: no known key"
                                + " signed it");
    }

    @Test
    void checkpointUnderAnotherName_isFound() throws Exception {
        log.growTo(20);
        NoteSigner other = StoredLog.newKey("elsewhere.example/log");
        log.growTo(20);
        Hash root = log.root(20);
        log.store(StoredLog.note("elsewhere.example/log", 20, root, other, log.key), root, 20);
        assertThat(checked.faults()).contains("the checkpoint over 20 entries is of another log");
    }

    @Test
    void rotation_isFoundWhole_withACheckpointThatTwoKeysSigned() throws Exception {
        NoteSigner old = log.key;
        NoteSigner next = StoredLog.newKey(StoredLog.ORIGIN);
        log.growTo(20);
        log.sign();
        log.open(next);
        log.sign(old, next);
        log.growTo(40);
        log.sign(next);
        assertThat(checked.faults()).isEmpty();
        log.growTo(50);
        log.sign(old);
        assertThat(checked.faults())
                .containsExactly(
                        "the checkpoint over 50 entries is not signed by the key that was the"
                                + " log's");
    }

    @Test
    void nextKeyBeforeItsTime_isFound() throws Exception {
        NoteSigner next = StoredLog.newKey(StoredLog.ORIGIN);
        log.growTo(20);
        log.sign(next);
        log.open(next);
        log.sign(next);
        assertThat(checked.faults())
                .containsExactly(
                        "the checkpoint over 20 entries is not signed by the key that was the"
                                + " log's");
    }

    @Test
    void newName_isFoundWhole() throws Exception {
        log.growTo(20);
        log.sign();
        log.open(StoredLog.newKey("consent.example.com/log-2"));
        log.sign();
        assertThat(checked.faults()).isEmpty();
    }

    @Test
    void listBesideTheKey_isCompared() throws Exception {
        log.growTo(300);
        log.sign();
        checked.note(StoredLog.ORIGIN, 200, log.root(200));
        assertThat(checked.faults()).isEmpty();
        checked.note("another.example/log", 900, Hash.EMPTY_ROOT);
        assertThat(checked.check(new Findings(), done -> {}).journal()).isTrue();
        checked.note(StoredLog.ORIGIN, 300, log.root(299));
        assertThat(checked.faults())
                .containsExactly(
                        "the list beside the key says that a checkpoint over 300 entries was"
                                + " signed, and it was over others");
        checked.note(StoredLog.ORIGIN, 301, log.root(300));
        assertThat(checked.faults())
                .containsExactly(
                        "the list beside the key says that a checkpoint over 301 entries was"
                                + " signed, and there are 300");
    }

    /** The service notes a signature before it commits the checkpoint. */
    @Test
    void listBesideTheKey_mayBeAheadOfTheCheckpoints() throws Exception {
        log.growTo(300);
        log.sign();
        log.growTo(310);
        checked.note(StoredLog.ORIGIN, 305, log.root(305));
        assertThat(checked.faults()).isEmpty();
    }

    @Test
    void listThatCannotBeRead_isPassedOver() throws Exception {
        log.sign();
        Files.createDirectory(checked.key().checkpoints());
        assertThat(checked.faults()).isEmpty();
    }
}
