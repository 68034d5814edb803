// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.web.DatabaseTrouble;
import dev.assent.web.ProblemException;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records choices by group commit: takes whatever has gathered while the previous batch was being
 * written, at most {@value #MAX_BATCH}, and writes it in one transaction. So one slow disk sync
 * serves hundreds of visitors, and nobody waits for company.
 *
 * <p>One thread writes, as the log's head is locked for the length of a transaction anyway. An
 * answer is completed only after its transaction is durable.
 */
@Singleton
final class Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    /** The most choices in one transaction. */
    private static final int MAX_BATCH = 500;

    /** The most choices that wait; beyond it visitors' outboxes hold them. */
    private static final int MAX_WAITING = 10_000;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final BlockingQueue<PendingChoice> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final RecordBatch batches;
    private final ExecutorService answers;
    private final DistributionSummary batchSize;
    private final Thread writer = new Thread(this::writeUntilClosed, "recorder");
    private volatile boolean closed;

    Recorder(
            RecordBatch batches,
            @Named(TaskExecutors.BLOCKING) ExecutorService answers,
            MeterRegistry metrics) {
        this.batches = batches;
        this.answers = answers;
        this.batchSize =
                DistributionSummary.builder("assent.recorder.batch")
                        .description("choices written in one transaction")
                        .register(metrics);
        metrics.gauge("assent.recorder.waiting", waiting, BlockingQueue::size);
    }

    /**
     * Records {@code choice}. The future completes when the record is durable, on a thread of its
     * own; it fails with a {@link ProblemException} (409 for an id that stands for another choice,
     * 503 where the database is out of reach), and then nothing is stored that was not stored
     * before.
     */
    CompletableFuture<Recorded> record(PendingChoice choice) {
        boolean taken = !closed && writer.isAlive() && waiting.offer(choice);
        // Closed in between: whoever gets it out of the queue answers it.
        if (!taken || (closed && waiting.remove(choice))) {
            choice.answer()
                    .completeExceptionally(
                            ProblemException.unavailable(
                                    "Choices are not taken at this moment; try again.",
                                    RETRY_AFTER));
        }
        return choice.answer();
    }

    @PostConstruct
    void start() {
        writer.start();
    }

    /** Writes what waits, then ends. */
    @PreDestroy
    void close() throws InterruptedException {
        closed = true;
        writer.join(Duration.ofSeconds(10));
        for (PendingChoice left = waiting.poll(); left != null; left = waiting.poll()) {
            left.answer().completeExceptionally(DatabaseTrouble.asProblem());
        }
    }

    private void writeUntilClosed() {
        var batch = new ArrayList<PendingChoice>(MAX_BATCH);
        while (!closed || !waiting.isEmpty()) {
            try {
                PendingChoice first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, MAX_BATCH - 1);
                    write(List.copyOf(batch));
                }
            } catch (InterruptedException e) {
                closed = true;
            } catch (Throwable e) {
                // This thread must outlive whatever happens: without it nothing is recorded any
                // more.
                LOG.error("{} choices failed through a fault of ours", batch.size(), e);
                batch.forEach(choice -> choice.answer().completeExceptionally(e));
            } finally {
                batch.clear();
            }
        }
    }

    private void write(List<PendingChoice> batch) {
        batchSize.record(batch.size());
        try {
            answer(batches.write(batch));
        } catch (RuntimeException failure) {
            if (DatabaseTrouble.isOutOfReach(failure)) {
                LOG.warn("{} choices not recorded, database out of reach", batch.size());
                fail(batch, DatabaseTrouble.asProblem());
            } else if (batch.size() > 1) {
                // One of them is at fault: it must not take the others with it.
                LOG.error("a batch of {} failed; writing them one by one", batch.size(), failure);
                batch.forEach(choice -> write(List.of(choice)));
            } else {
                LOG.error("{} could not be recorded", batch.getFirst().choice(), failure);
                fail(batch, failure);
            }
        }
    }

    /** On other threads: the next batch is being written meanwhile. */
    private void answer(List<Runnable> ready) {
        answers.execute(() -> ready.forEach(Runnable::run));
    }

    private void fail(List<PendingChoice> batch, RuntimeException failure) {
        answers.execute(() -> batch.forEach(c -> c.answer().completeExceptionally(failure)));
    }
}
