// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.log.WitnessAnswer.Conflict;
import dev.assent.merkle.ConsistencyProof;
import dev.assent.note.Note;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;

/**
 * Asks all witnesses at once to cosign a checkpoint, and remembers how far each has come.
 *
 * <p>Stores nothing. A witness that fails is left alone for a second, then for two, and so on up to
 * a minute.
 */
final class Witnessing implements AutoCloseable {
    private final List<WitnessProgress> all;
    private final WitnessClient client;
    private final InstantSource clock;

    private record Question(WitnessProgress witness, ConsistencyProof proof) {}

    private record Reply(Question question, WitnessAnswer answer) {}

    Witnessing(List<Witness> witnesses, WitnessClient client, InstantSource clock) {
        this.all = witnesses.stream().map(WitnessProgress::new).toList();
        this.client = client;
        this.clock = clock;
    }

    /**
     * Asks every witness that is not waiting, for at most 5 seconds; those who say that they are
     * elsewhere than we thought are asked once more, which may take as long again.
     *
     * <p>Asked again with the same text, a witness that has cosigned it gives the same line without
     * a request: the checkpoint may be offered until all have cosigned.
     *
     * @param checkpoint signed by the log
     * @param size the checkpoint's
     * @param proofFrom proves consistency of a size, above 0 and below {@code size}, with the
     *     checkpoint; called on this thread only, at most once for each size. What it throws rises
     * @return one for each witness, in the order of the file
     */
    synchronized List<WitnessOutcome> cosign(
            Note checkpoint, long size, LongFunction<ConsistencyProof> proofFrom) {
        Instant start = clock.instant();
        LongFunction<ConsistencyProof> proof = eachOnce(size, proofFrom);
        List<Question> questions =
                all.stream()
                        .filter(each -> each.known(checkpoint, start).isEmpty())
                        .map(each -> new Question(each, proof.apply(each.oldSize(size))))
                        .toList();
        Map<WitnessProgress, Reply> replies = ask(questions, checkpoint);
        replies.putAll(ask(again(replies.values(), size, proof), checkpoint));
        Instant end = clock.instant();
        List<WitnessOutcome> outcomes = new ArrayList<>();
        for (WitnessProgress each : all) {
            Reply reply = replies.get(each);
            outcomes.add(
                    reply == null
                            ? each.known(checkpoint, start).orElseThrow()
                            : each.take(reply.answer(), reply.question().proof(), checkpoint, end));
        }
        return outcomes;
    }

    /** Those who named a size of theirs that we can prove from. */
    private static List<Question> again(
            Collection<Reply> replies, long size, LongFunction<ConsistencyProof> proof) {
        List<Question> questions = new ArrayList<>();
        for (Reply reply : replies) {
            if (reply.answer() instanceof Conflict(long theirs)
                    && theirs <= size
                    && theirs != reply.question().proof().first()) {
                questions.add(new Question(reply.question().witness(), proof.apply(theirs)));
            }
        }
        return questions;
    }

    /** At the edges there is nothing to prove, and so nothing to read. */
    private static LongFunction<ConsistencyProof> eachOnce(
            long size, LongFunction<ConsistencyProof> proofFrom) {
        Map<Long, ConsistencyProof> made = new HashMap<>();
        return old ->
                old == 0 || old == size
                        ? new ConsistencyProof(old, size, List.of())
                        : made.computeIfAbsent(old, proofFrom::apply);
    }

    private Map<WitnessProgress, Reply> ask(List<Question> questions, Note checkpoint) {
        Map<WitnessProgress, Reply> replies = new HashMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Reply>> asked =
                    questions.stream()
                            .map(q ->
                                    CompletableFuture.supplyAsync(
                                            () -> ask(q, checkpoint), threads))
                            .toList();
            for (CompletableFuture<Reply> future : asked) {
                Reply reply = future.join();
                replies.put(reply.question().witness(), reply);
            }
        }
        return replies;
    }

    private Reply ask(Question question, Note checkpoint) {
        Witness witness = question.witness().witness();
        return new Reply(question, client.cosign(witness, question.proof(), checkpoint));
    }

    @Override
    public void close() {
        client.close();
    }
}
