// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.note.AddCheckpoint;
import dev.assent.note.Cosignature;
import dev.assent.note.Note;
import dev.assent.note.TestCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a witness of C2SP tlog-witness cosigns, and what it keeps of it. */
class WitnessTest {
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
    void first_checkpointIsCosigned() throws Exception {
        watched.assertCosigned(log.request(0, 7));
    }

    @Test
    void cosignature_statesTheTextAndTheTime() throws Exception {
        AddCheckpoint request = log.request(0, 7);
        Note note = Note.parse(request.checkpoint().format() + watched.add(request).body());
        var line = note.verify(List.of(watched.witnessKey())).values().iterator().next();
        assertThat(Cosignature.time(line)).isEqualTo(WatchedLog.NOW);
    }

    @Test
    void everyStep_isCosigned() throws Exception {
        for (int from = 0; from < 40; from++) {
            for (int to = from; to < 41; to += 7) {
                Files.deleteIfExists(watched.stored());
                watched.startAgain(log.key());
                watched.assertCosigned(log.request(0, from));
                watched.assertCosigned(log.request(from, to));
                assertThat(watched.last().size()).isEqualTo(to);
            }
        }
    }

    @Test
    void emptyLog_isCosigned() throws Exception {
        watched.assertCosigned(log.request(0, 0));
        watched.assertCosigned(log.request(0, 0));
        watched.assertCosigned(log.request(0, 3));
    }

    @Test
    void sameCheckpoint_isCosignedAgain() throws Exception {
        watched.assertCosigned(log.request(0, 7));
        watched.assertCosigned(log.request(7, 7));
    }

    @Test
    void extensionLines_areCosignedAsTheyAre() throws Exception {
        Note note = log.sign(log.note(7).text() + "an extension\n");
        watched.assertCosigned(new AddCheckpoint(0, List.of(), note));
    }

    @Test
    void unknownLines_areIgnoredAndNotKept() throws Exception {
        Note note = log.note(7);
        TestCheckpoints stranger = TestCheckpoints.of("stranger.example");
        for (int i = 0; i < Note.MAX_SIGNATURES - 1; i++) {
            note = note.with(stranger.sign(note.text()).signatures().getFirst());
        }
        assertThat(watched.add(new AddCheckpoint(0, List.of(), note)).status()).isEqualTo(200);
        assertThat(Files.readString(watched.stored())).doesNotContain("stranger");
        watched.startAgain(log.key());
        assertThat(watched.last().size()).isEqualTo(7);
    }

    @Test
    void twoKeysOfOneOrigin_areOneLog() throws Exception {
        TestCheckpoints next = log.withNewKey();
        watched.startAgain(log.key(), next.key());
        assertThat(watched.witness().logs()).hasSize(1);
        watched.assertCosigned(log.request(0, 7));
        watched.assertCosigned(next.request(7, 9));
        watched.assertConflict(next.request(0, 9), 9);
    }

    @Test
    void concurrentUpdatesFromOneSize_areOneCosignatureAndConflicts() throws Exception {
        watched.assertCosigned(log.request(0, 7));
        int requests = 16;
        CyclicBarrier together = new CyclicBarrier(requests);
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            AddCheckpoint request = log.request(7, 8 + i);
            calls.add(() -> {
                together.await();
                return watched.add(request);
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
                .allMatch(answer -> answer.equals(Answer.conflict(watched.last().size())));
    }

    @Test
    void unwritableFolder_cosignsNothing() throws Exception {
        watched.assertCosigned(log.request(0, 7));
        Path logs = state.resolve("logs");
        Path away = state.resolve("away");
        Files.move(logs, away);
        assertThatThrownBy(() -> watched.add(log.request(7, 9))).isInstanceOf(IOException.class);
        assertThat(watched.last().size()).isEqualTo(7);
        Files.move(away, logs);
        watched.assertCosigned(log.request(7, 8));
    }
}
