// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.merkle.Hash;
import dev.assent.note.AddCheckpoint;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.TestCheckpoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a witness must not cosign, and the answer that C2SP tlog-witness has for each. */
class WitnessRefusalsTest {
    @TempDir Path state;
    private WatchedLog watched;
    private TestCheckpoints log;

    @BeforeEach
    void start() throws Exception {
        watched = new WatchedLog(state);
        log = watched.log;
    }

    @AfterEach
    void stop() throws Exception {
        watched.close();
    }

    @Test
    void malformedRequest_is400() throws Exception {
        assertThat(watched.witness().add("old x\n\n".getBytes(UTF_8)).status()).isEqualTo(400);
        byte[] blankLines = ("old 0\n\n\n" + log.note(7).format()).getBytes(UTF_8);
        assertThat(watched.witness().add(blankLines).status()).isEqualTo(400);
        assertThat(watched.witness().add(new byte[0]).status()).isEqualTo(400);
        assertThat(watched.witness().add(new byte[] {(byte) 0xff}).status()).isEqualTo(400);
    }

    @Test
    void signedTextThatIsNoCheckpoint_is400() throws Exception {
        for (String text : List.of("hello\n", "consent.example/log\n07\nx\n")) {
            Note note = log.sign(text);
            assertThat(watched.add(new AddCheckpoint(0, List.of(), note)).status()).isEqualTo(400);
        }
    }

    @Test
    void oldSizeLargerThanTheCheckpoint_is400() throws Exception {
        watched.assertCosigned(log.request(0, 7));
        assertThat(watched.add(new AddCheckpoint(7, List.of(), log.note(6))).status())
                .isEqualTo(400);
        assertThat(watched.last().size()).isEqualTo(7);
    }

    @Test
    void hugeExtension_is400() throws Exception {
        Note note = log.sign(log.note(7).text() + "x".repeat(16 * 1024) + "\n");
        assertThat(watched.add(new AddCheckpoint(0, List.of(), note)).status()).isEqualTo(400);
    }

    @Test
    void unknownOrigin_is404() throws Exception {
        TestCheckpoints other = TestCheckpoints.of("other.example/log");
        assertThat(watched.add(other.request(0, 7)).status()).isEqualTo(404);
    }

    @Test
    void untrustedKey_is403() throws Exception {
        assertThat(watched.add(log.withNewKey().request(0, 7)).status()).isEqualTo(403);
        assertThat(watched.last().size()).isZero();
    }

    @Test
    void forgedSignature_is403() throws Exception {
        Note real = log.note(7);
        String other = log.note(8).text();
        Note forged = new Note(other, real.signatures());
        assertThat(watched.add(new AddCheckpoint(0, List.of(), forged)).status()).isEqualTo(403);
    }

    @Test
    void otherOldSize_is409WithTheSize() throws Exception {
        watched.assertConflict(log.request(3, 7), 0);
        watched.assertCosigned(log.request(0, 7));
        watched.assertConflict(log.request(0, 9), 7);
        watched.assertConflict(log.request(6, 9), 7);
        watched.assertConflict(log.request(8, 9), 7);
        assertThat(watched.last().size()).isEqualTo(7);
    }

    @Test
    void rollback_is409() throws Exception {
        watched.assertCosigned(log.request(0, 7));
        watched.assertConflict(log.request(0, 5), 7);
        watched.assertConflict(log.request(5, 5), 7);
    }

    @Test
    void otherRootForTheSize_is409AndKeptAsProof() throws Exception {
        watched.assertCosigned(log.request(0, 7));
        watched.assertConflict(log.forkedAt(3).request(7, 7), 7);
        assertThat(watched.last().root()).isEqualTo(Checkpoint.parse(log.note(7).text()).root());
        String page = StatusPage.of(watched.witness()).body();
        assertThat(page).contains("FORK");
        Note fork = Note.parse(Files.readString(watched.file("forks")));
        assertThat(fork.verify(List.of(log.key()))).isNotEmpty();
        assertThat(fork.text()).isEqualTo(log.forkedAt(3).note(7).text());
        assertThat(StatusPage.of(watched.startAgain(log.key())).body()).isEqualTo(page);
    }

    @Test
    void fork_is422() throws Exception {
        watched.assertCosigned(log.request(0, 7));
        assertThat(watched.add(log.forkedAt(3).request(7, 9)).status()).isEqualTo(422);
        assertThat(watched.last().size()).isEqualTo(7);
        watched.assertCosigned(log.request(7, 9));
    }

    @Test
    void damagedProof_is422() throws Exception {
        watched.assertCosigned(log.request(0, 7));
        List<Hash> path = log.proof(7, 50).path();
        List<List<Hash>> damaged = new ArrayList<>();
        damaged.add(List.of());
        damaged.add(path.reversed());
        damaged.add(path.subList(1, path.size()));
        damaged.add(path.subList(0, path.size() - 1));
        for (int i = 0; i < path.size(); i++) {
            List<Hash> changed = new ArrayList<>(path);
            changed.set(i, Hash.EMPTY_ROOT);
            damaged.add(changed);
            List<Hash> longer = new ArrayList<>(path);
            longer.add(i, path.get(i));
            damaged.add(longer);
        }
        for (List<Hash> proof : damaged) {
            assertThat(watched.add(new AddCheckpoint(7, proof, log.note(50))).status())
                    .isEqualTo(422);
        }
        assertThat(watched.last().size()).isEqualTo(7);
    }

    @Test
    void proofWhereThereIsNothingToProve_is422() throws Exception {
        List<Hash> path = List.of(Hash.EMPTY_ROOT);
        assertThat(watched.add(new AddCheckpoint(0, path, log.note(7))).status()).isEqualTo(422);
        watched.assertCosigned(log.request(0, 7));
        assertThat(watched.add(new AddCheckpoint(7, path, log.note(7))).status()).isEqualTo(422);
    }
}
