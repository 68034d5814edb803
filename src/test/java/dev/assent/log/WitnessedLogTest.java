// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.TestServers;
import dev.assent.note.Note;
import dev.assent.note.NoteVerifier;
import dev.assent.receipt.ReceiptVerifier;
import dev.assent.receipt.TrustPolicy;
import dev.assent.receipt.Verdict;
import dev.assent.witness.TestWitness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service and a witness of ours, over HTTP. */
class WitnessedLogTest {
    @TempDir Path folder;
    private final String database = TestServers.newDatabase();
    private NoteVerifier log;
    private TestWitness witness;

    @BeforeEach
    void start() throws Exception {
        log = new KeyFile(key()).create(TestNode.ORIGIN).verifier();
        witness = TestWitness.start(folder.resolve("witness"), log);
    }

    @AfterEach
    void stop() throws Exception {
        witness.close();
    }

    @Test
    void receipts_carryCosignaturesThatMeetTheTrustFile() throws Exception {
        try (TestNode node = node()) {
            String receipt = node.receipt(node.choose(3));

            Verdict verdict = verifier("quorum w\n").verify(receipt.getBytes(UTF_8));

            assertThat(verdict.exitCode()).as(verdict.toString()).isZero();
            assertThat(verdict.level()).isEqualTo("witnessed 1/1");
            new TestLog(node.uri()).check();
        }
    }

    @Test
    void newerCheckpoint_isNotServedBeforeItIsWitnessedOrOld() throws Exception {
        try (TestNode node = node()) {
            node.receipt(node.choose(1));
            witness.close();
            Checkpoints checkpoints = node.bean(Checkpoints.class);
            try (Connection connection = TestServers.connect(database)) {
                long witnessed = checkpoints.newest(connection).orElseThrow().size();
                node.append(1);
                SignedCheckpoint newest =
                        await().until(
                                        () -> checkpoints.newest(connection).orElseThrow(),
                                        checkpoint -> checkpoint.size() > witnessed);
                Instant now = Instant.now();
                SignedCheckpoint served = checkpoints.served(connection, now).orElseThrow();
                assertThat(served.size()).isEqualTo(witnessed);
                assertThat(served.note().signatures()).hasSize(2);
                Instant later = now.plus(Checkpoints.PATIENCE).plusSeconds(1);
                assertThat(checkpoints.served(connection, later).orElseThrow().size())
                        .isEqualTo(newest.size());
            }
        }
    }

    @Test
    void witnessThatComesBack_isCaughtUpWith() throws Exception {
        try (TestNode node = node()) {
            node.choose(1);
        }
        witness.close();
        try (TestNode node = node()) {
            node.append(1);
            node.bean(CheckpointPublisher.class).publish();
        }
        witness = TestWitness.start(folder.resolve("witness"), log);
        try (TestNode node = node()) {
            String receipt = node.receipt(node.choose(1));
            assertThat(Note.parse(receipt.substring(receipt.indexOf("\n\n") + 2)).signatures())
                    .hasSize(2);
        }
    }

    /** The journal beside the key is lost too: only the witness knows. */
    @Test
    void restoredBackup_isRefusedOnTheWitnesssWord() throws Exception {
        String backup = backupThatOnlyTheWitnessKnowsToBeOld();

        assertThatThrownBy(() -> TestNode.start(backup, key(), witnessed()))
                .hasStackTraceContaining("contradicts the database")
                .hasStackTraceContaining("ASSENT_WITNESS_FILE");
    }

    /** Host and key are lost, an older backup is there: the next key must not go on from it. */
    @Test
    void lostKeyAndRestoredBackup_areRefusedOnTheWitnesssWord() throws Exception {
        String backup = backupThatOnlyTheWitnessKnowsToBeOld();
        Files.delete(key());
        new KeyFile(key()).next().create(TestNode.ORIGIN);

        assertThatThrownBy(() -> TestNode.start(backup, key(), witnessed()))
                .hasStackTraceContaining("contradicts the database");
    }

    /** The database was exchanged under a node that has seen nothing of what is missing. */
    @Test
    void witnessThatKnowsMore_stopsTheSigning() throws Exception {
        String backup = backupThatOnlyTheWitnessKnowsToBeOld();
        TestWitness reachable = witness;
        reachable.close();
        try (TestNode node = TestNode.start(backup, key(), witnessed())) {
            int port = reachable.url().getPort();
            witness = TestWitness.start(folder.resolve("witness"), port, log);
            await().untilAsserted(() ->
                    assertThatThrownBy(() -> node.bean(CheckpointPublisher.class).publish())
                            .hasMessageContaining("contradicts the database"));
        }
    }

    private String backupThatOnlyTheWitnessKnowsToBeOld() throws Exception {
        String backup = TestServers.newDatabase();
        node().close();
        TestNode.copy(database, backup);
        try (TestNode node = node()) {
            node.receipt(node.choose(2));
        }
        Files.delete(folder.resolve("log-key.checkpoints"));
        return backup;
    }

    private TestNode node() throws Exception {
        return TestNode.start(database, key(), witnessed());
    }

    private Map<String, String> witnessed() throws Exception {
        Path file = folder.resolve("witnesses");
        Files.writeString(
                file, "witness w " + witness.key().vkey() + " " + witness.url() + "\nquorum w\n");
        // What operators do is logged late, so that nothing is signed but what a test appends.
        return Map.of("assent.witness-file", file.toString(), "assent.trail-interval", "1h");
    }

    private ReceiptVerifier verifier(String quorum) throws Exception {
        String file = "log " + log.vkey() + "\nwitness w " + witness.key().vkey() + "\n" + quorum;
        return new ReceiptVerifier(TrustPolicy.parse(file.getBytes(UTF_8)));
    }

    private Path key() {
        return folder.resolve("log-key");
    }
}
