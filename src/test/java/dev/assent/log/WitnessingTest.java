// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.log.FalseWitness.Reply;
import dev.assent.log.WitnessOutcome.Ahead;
import dev.assent.log.WitnessOutcome.Contradicts;
import dev.assent.log.WitnessOutcome.Cosigned;
import dev.assent.log.WitnessOutcome.Failed;
import dev.assent.log.WitnessOutcome.Waiting;
import dev.assent.note.Note;
import dev.assent.note.TestCheckpoints;
import dev.assent.witness.TestWitness;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private volatile Instant now = NOW;
    private final TestCheckpoints log = TestCheckpoints.of("consent.example/log");
    private final FalseWitness one = new FalseWitness(() -> now);
    private final FalseWitness two = new FalseWitness(() -> now);
    private final List<Long> proved = new ArrayList<>();
    private Witnessing witnessing = fresh();

    WitnessingTest() throws Exception {}

    @AfterEach
    void close() {
        witnessing.close();
        one.close();
        two.close();
    }

    @Test
    void everyWitness_isAskedFromWhereItStands() {
        assertThat(cosign(7)).allMatch(Cosigned.class::isInstance).hasSize(2);
        assertThat(cosign(9)).allMatch(Cosigned.class::isInstance);
        assertThat(one.askedFrom).containsExactly(0L, 7L);
        assertThat(two.askedFrom).containsExactly(0L, 7L);
        assertThat(proved).containsExactly(7L);
    }

    @Test
    void outcomes_giveLinesAndCosigners() throws Exception {
        two.answers(500, "no\n");
        List<WitnessOutcome> outcomes = cosign(7);
        assertThat(WitnessOutcome.cosigners(outcomes)).isEqualTo(Set.of(one.key()));
        Note note = log.note(7).with(WitnessOutcome.lines(outcomes).getFirst());
        assertThat(note.verify(List.of(log.key(), one.key()))).hasSize(2);
    }

    @Test
    void sameCheckpoint_isAskedOnlyOfThoseWhoLack() {
        two.answers(500, "no\n");
        var first = cosign(7);
        two.answers(two::cosign);
        now = NOW.plusSeconds(1);
        var second = cosign(7);
        assertThat(second).allMatch(Cosigned.class::isInstance);
        assertThat(second.getFirst()).isEqualTo(first.getFirst());
        assertThat(one.askedFrom).hasSize(1);
        assertThat(two.askedFrom).hasSize(2);
    }

    @Test
    void conflict_isAskedOnceMoreFromTheWitnesssSize() {
        one.answers(
                request -> request.oldSize() == 5 ? one.cosign(request) : new Reply(409, "5\n"));
        assertThat(cosign(7)).allMatch(Cosigned.class::isInstance);
        assertThat(one.askedFrom).containsExactly(0L, 5L);
        assertThat(two.askedFrom).containsExactly(0L);
        assertThat(proved).containsExactly(5L);
    }

    @Test
    void conflictAgain_isAFailureThatIsRemembered() {
        one.answers(request -> new Reply(409, (request.oldSize() + 1) + "\n"));
        assertThat(cosign(7).getFirst()).isInstanceOf(Failed.class);
        assertThat(one.askedFrom).containsExactly(0L, 1L);
        one.answers(one::cosign);
        now = NOW.plusSeconds(1);
        assertThat(cosign(9).getFirst()).isInstanceOf(Cosigned.class);
        assertThat(one.askedFrom).containsExactly(0L, 1L, 2L);
    }

    @Test
    void largerTreeAtTheWitness_isTold(@TempDir Path state) throws Exception {
        try (TestWitness real = TestWitness.start(state, () -> now, log.key())) {
            Witness witness = Witness.of(real.key(), real.url().toString());
            witnessing = with(witness);
            assertThat(cosign(50)).allMatch(Cosigned.class::isInstance);
            // A restart on an old copy of the database.
            witnessing = with(witness);
            assertThat(cosign(40)).containsExactly(new Ahead(witness, 50));
        }
    }

    @Test
    void otherTreeAtTheWitness_isTold(@TempDir Path state) throws Exception {
        try (TestWitness real = TestWitness.start(state, () -> now, log.key())) {
            Witness witness = Witness.of(real.key(), real.url().toString());
            witnessing = with(witness);
            assertThat(cosign(50)).allMatch(Cosigned.class::isInstance);
            TestCheckpoints fork = log.forkedAt(30);
            witnessing = with(witness);
            assertThat(witnessing.cosign(fork.note(50), 50, old -> fork.proof(old, 50)))
                    .containsExactly(new Contradicts(witness, 50));
            witnessing = with(witness);
            assertThat(witnessing.cosign(fork.note(60), 60, old -> fork.proof(old, 60)))
                    .containsExactly(new Contradicts(witness, 50));
            witnessing = with(witness);
            assertThat(cosign(60)).allMatch(Cosigned.class::isInstance);
        }
    }

    @Test
    void deadWitness_isLeftAloneForLongerAndLonger() {
        two.close();
        Instant time = NOW;
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            now = time;
            assertThat(cosign(7).get(1)).isInstanceOf(Failed.class);
            Instant until = time.plusSeconds(seconds);
            now = until.minusMillis(1);
            assertThat(cosign(7).get(1)).isEqualTo(new Waiting(two.witness(), until));
            time = until;
        }
        assertThat(one.askedFrom).hasSize(1);
    }

    @Test
    void success_endsTheWaits() {
        one.answers(500, "no\n");
        cosign(7);
        now = NOW.plusSeconds(1);
        cosign(7);
        now = NOW.plusSeconds(3);
        one.answers(one::cosign);
        assertThat(cosign(7).getFirst()).isInstanceOf(Cosigned.class);
        one.answers(500, "no\n");
        cosign(8);
        assertThat(cosign(8).getFirst()).isEqualTo(new Waiting(one.witness(), NOW.plusSeconds(4)));
    }

    @Test
    void clockSetBack_endsTheWaits() {
        one.answers(500, "no\n");
        cosign(7);
        one.answers(one::cosign);
        now = NOW.minusSeconds(3600);
        assertThat(cosign(7).getFirst()).isInstanceOf(Cosigned.class);
    }

    @Test
    void hangingWitness_doesNotHoldTheOther() {
        var otherIsAsked = new CompletableFuture<Void>();
        one.answers(request -> {
            otherIsAsked.join();
            return new Reply(500, "no longer hanging\n");
        });
        two.answers(request -> {
            otherIsAsked.complete(null);
            return two.cosign(request);
        });
        List<WitnessOutcome> outcomes = cosign(7);
        assertThat(outcomes.get(0).summary()).contains("no longer hanging");
        assertThat(outcomes.get(1)).isInstanceOf(Cosigned.class);
    }

    @Test
    void proofThatCannotBeMade_risesAndIsTriedAgain() {
        cosign(7);
        assertThatThrownBy(() ->
                        witnessing.cosign(
                                log.note(9),
                                9,
                                old -> {
                                    throw new IllegalStateException("no database");
                                }))
                .hasMessage("no database");
        assertThat(cosign(9)).allMatch(Cosigned.class::isInstance);
    }

    @Test
    void withoutWitnesses_nothingIsAsked() {
        witnessing = with();
        assertThat(cosign(7)).isEmpty();
    }

    private Witnessing fresh() {
        return new Witnessing(
                List.of(one.witness(), two.witness()), new WitnessClient(() -> now), () -> now);
    }

    private Witnessing with(Witness... witnesses) {
        witnessing.close();
        return new Witnessing(List.of(witnesses), new WitnessClient(() -> now), () -> now);
    }

    private List<WitnessOutcome> cosign(int size) {
        return witnessing.cosign(
                log.note(size),
                size,
                old -> {
                    proved.add(old);
                    return log.proof(old, size);
                });
    }
}
