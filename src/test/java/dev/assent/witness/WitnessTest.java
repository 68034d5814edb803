// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.merkle.Hash;
import dev.assent.note.AddCheckpoint;
import dev.assent.note.Checkpoint;
import dev.assent.note.Cosignature;
import dev.assent.note.Note;
import dev.assent.note.NoteSigner;
import dev.assent.note.NoteVerifier;
import dev.assent.note.SignatureType;
import dev.assent.note.TestCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every answer of C2SP tlog-witness, and what must be refused. */
class WitnessTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir Path state;
    private final TestCheckpoints log = TestCheckpoints.of("consent.example/log");
    private final NoteSigner signer =
            NoteSigner.cosigner(
                    NoteSigner.newKey(
                            "witness.example/w1", SignatureType.COSIGNATURE_V1, new SecureRandom()),
                    () -> NOW);
    private StateFolder folder;
    private Witness witness;

    WitnessTest() throws Exception {}

    @BeforeEach
    void start() throws Exception {
        folder = StateFolder.open(state);
        witness = watching(log.key());
    }

    @AfterEach
    void stop() throws Exception {
        folder.close();
    }

    @Test
    void first_checkpointIsCosigned() throws Exception {
        assertCosigned(log.request(0, 7));
    }

    @Test
    void cosignature_statesTheTextAndTheTime() throws Exception {
        AddCheckpoint request = log.request(0, 7);
        Note note = Note.parse(request.checkpoint().format() + add(request).body());
        var line = note.verify(List.of(signer.verifier())).values().iterator().next();
        assertThat(Cosignature.time(line)).isEqualTo(NOW);
    }

    @Test
    void everyStep_isCosigned() throws Exception {
        for (int from = 0; from < 40; from++) {
            for (int to = from; to < 41; to += 7) {
                Files.deleteIfExists(stored());
                witness = watching(log.key());
                assertCosigned(log.request(0, from));
                assertCosigned(log.request(from, to));
                assertThat(last().size()).isEqualTo(to);
            }
        }
    }

    @Test
    void emptyLog_isCosigned() throws Exception {
        assertCosigned(log.request(0, 0));
        assertCosigned(log.request(0, 0));
        assertCosigned(log.request(0, 3));
    }

    @Test
    void sameCheckpoint_isCosignedAgain() throws Exception {
        assertCosigned(log.request(0, 7));
        assertCosigned(log.request(7, 7));
    }

    @Test
    void extensionLines_areCosignedAsTheyAre() throws Exception {
        Note note = log.sign(log.note(7).text() + "an extension\n");
        assertCosigned(new AddCheckpoint(0, List.of(), note));
    }

    @Test
    void malformedRequest_is400() throws Exception {
        assertThat(witness.add("old x\n\n".getBytes(UTF_8)).status()).isEqualTo(400);
        byte[] blankLines = ("old 0\n\n\n" + log.note(7).format()).getBytes(UTF_8);
        assertThat(witness.add(blankLines).status()).isEqualTo(400);
        assertThat(witness.add(new byte[0]).status()).isEqualTo(400);
        assertThat(witness.add(new byte[] {(byte) 0xff}).status()).isEqualTo(400);
    }

    @Test
    void signedTextThatIsNoCheckpoint_is400() throws Exception {
        for (String text : List.of("hello\n", "consent.example/log\n07\nx\n")) {
            Note note = log.sign(text);
            assertThat(add(new AddCheckpoint(0, List.of(), note)).status()).isEqualTo(400);
        }
    }

    @Test
    void oldSizeLargerThanTheCheckpoint_is400() throws Exception {
        assertCosigned(log.request(0, 7));
        assertThat(add(new AddCheckpoint(7, List.of(), log.note(6))).status()).isEqualTo(400);
        assertThat(last().size()).isEqualTo(7);
    }

    @Test
    void hugeExtension_is400() throws Exception {
        Note note = log.sign(log.note(7).text() + "x".repeat(16 * 1024) + "\n");
        assertThat(add(new AddCheckpoint(0, List.of(), note)).status()).isEqualTo(400);
    }

    @Test
    void unknownOrigin_is404() throws Exception {
        TestCheckpoints other = TestCheckpoints.of("other.example/log");
        assertThat(add(other.request(0, 7)).status()).isEqualTo(404);
    }

    @Test
    void untrustedKey_is403() throws Exception {
        assertThat(add(log.withNewKey().request(0, 7)).status()).isEqualTo(403);
        assertThat(last().size()).isZero();
    }

    @Test
    void forgedSignature_is403() throws Exception {
        Note real = log.note(7);
        String other = log.note(8).text();
        Note forged = new Note(other, real.signatures());
        assertThat(add(new AddCheckpoint(0, List.of(), forged)).status()).isEqualTo(403);
    }

    @Test
    void unknownLines_areIgnoredAndNotKept() throws Exception {
        Note note = log.note(7);
        TestCheckpoints stranger = TestCheckpoints.of("stranger.example");
        for (int i = 0; i < Note.MAX_SIGNATURES - 1; i++) {
            note = note.with(stranger.sign(note.text()).signatures().getFirst());
        }
        assertThat(add(new AddCheckpoint(0, List.of(), note)).status()).isEqualTo(200);
        assertThat(Files.readString(stored())).doesNotContain("stranger");
        witness = watching(log.key());
        assertThat(last().size()).isEqualTo(7);
    }

    @Test
    void twoKeysOfOneOrigin_areOneLog() throws Exception {
        TestCheckpoints next = log.withNewKey();
        witness = watching(log.key(), next.key());
        assertThat(witness.logs()).hasSize(1);
        assertCosigned(log.request(0, 7));
        assertCosigned(next.request(7, 9));
        assertConflict(next.request(0, 9), 9);
    }

    @Test
    void otherOldSize_is409WithTheSize() throws Exception {
        assertConflict(log.request(3, 7), 0);
        assertCosigned(log.request(0, 7));
        assertConflict(log.request(0, 9), 7);
        assertConflict(log.request(6, 9), 7);
        assertConflict(log.request(8, 9), 7);
        assertThat(last().size()).isEqualTo(7);
    }

    @Test
    void rollback_is409() throws Exception {
        assertCosigned(log.request(0, 7));
        assertConflict(log.request(0, 5), 7);
        assertConflict(log.request(5, 5), 7);
    }

    @Test
    void otherRootForTheSize_is409AndKeptAsProof() throws Exception {
        assertCosigned(log.request(0, 7));
        assertConflict(log.forkedAt(3).request(7, 7), 7);
        assertThat(last().root()).isEqualTo(Checkpoint.parse(log.note(7).text()).root());
        String page = StatusPage.of(witness).body();
        assertThat(page).contains("FORK");
        Note fork = Note.parse(Files.readString(file("forks")));
        assertThat(fork.verify(List.of(log.key()))).isNotEmpty();
        assertThat(fork.text()).isEqualTo(log.forkedAt(3).note(7).text());
        assertThat(StatusPage.of(watching(log.key())).body()).isEqualTo(page);
    }

    @Test
    void fork_is422() throws Exception {
        assertCosigned(log.request(0, 7));
        assertThat(add(log.forkedAt(3).request(7, 9)).status()).isEqualTo(422);
        assertThat(last().size()).isEqualTo(7);
        assertCosigned(log.request(7, 9));
    }

    @Test
    void damagedProof_is422() throws Exception {
        assertCosigned(log.request(0, 7));
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
            assertThat(add(new AddCheckpoint(7, proof, log.note(50))).status()).isEqualTo(422);
        }
        assertThat(last().size()).isEqualTo(7);
    }

    @Test
    void proofWhereThereIsNothingToProve_is422() throws Exception {
        List<Hash> path = List.of(Hash.EMPTY_ROOT);
        assertThat(add(new AddCheckpoint(0, path, log.note(7))).status()).isEqualTo(422);
        assertCosigned(log.request(0, 7));
        assertThat(add(new AddCheckpoint(7, path, log.note(7))).status()).isEqualTo(422);
    }

    @Test
    void concurrentUpdatesFromOneSize_areOneCosignatureAndConflicts() throws Exception {
        assertCosigned(log.request(0, 7));
        int requests = 16;
        CyclicBarrier together = new CyclicBarrier(requests);
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            AddCheckpoint request = log.request(7, 8 + i);
            calls.add(() -> {
                together.await();
                return add(request);
            });
        }
        List<Answer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(calls)) {
                answers.add(future.get());
            }
        }
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allMatch(answer -> answer.equals(Answer.conflict(last().size())));
    }

    @Test
    void unwritableFolder_cosignsNothing() throws Exception {
        assertCosigned(log.request(0, 7));
        Path logs = state.resolve("logs");
        Path away = state.resolve("away");
        Files.move(logs, away);
        assertThatThrownBy(() -> add(log.request(7, 9))).isInstanceOf(IOException.class);
        assertThat(last().size()).isEqualTo(7);
        Files.move(away, logs);
        assertCosigned(log.request(7, 8));
    }

    private Witness watching(NoteVerifier... keys) throws Exception {
        return new Witness(List.of(keys), signer, folder);
    }

    private Checkpoint last() {
        return witness.logs().iterator().next().last();
    }

    private Path stored() {
        return file("logs");
    }

    private Path file(String kind) {
        return state.resolve(kind).resolve(Hash.of(log.key().name().getBytes(UTF_8)).hex());
    }

    private Answer add(AddCheckpoint request) throws IOException {
        return witness.add(request.format());
    }

    private void assertCosigned(AddCheckpoint request) throws Exception {
        Answer answer = add(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Note note = Note.parse(request.checkpoint().format() + answer.body());
        note.verify(List.of(signer.verifier()));
    }

    private void assertConflict(AddCheckpoint request, long size) throws Exception {
        Answer answer = add(request);
        assertThat(answer).isEqualTo(new Answer(409, "text/x.tlog.size", size + "\n"));
    }
}
