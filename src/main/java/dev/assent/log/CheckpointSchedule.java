// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.web.DatabaseTrouble;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.context.annotation.Property;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a checkpoint published whenever there is something new: every {@code
 * ASSENT_CHECKPOINT_INTERVAL}, 1 s unless it says otherwise; and witnesses asked about it.
 */
@Singleton
public final class CheckpointSchedule {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointSchedule.class);
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final CheckpointPublisher publisher;
    private final WitnessSchedule witnesses;
    private final TaskScheduler scheduler;
    private final Duration interval;
    private final Timer timer;

    /** What has been said of a trouble that lasts; it is not said every second. */
    private final AtomicReference<String> said = new AtomicReference<>("");

    /** 1 while this node cannot do what it is there for: sign. */
    private final AtomicInteger inTrouble;

    private @Nullable ScheduledFuture<?> rounds;
    private volatile boolean stopped;

    CheckpointSchedule(
            CheckpointPublisher publisher,
            WitnessSchedule witnesses,
            @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
            @Property(name = "assent.checkpoint-interval", defaultValue = "1s") Duration interval,
            MeterRegistry metrics) {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "ASSENT_CHECKPOINT_INTERVAL is 0.25 to 60 seconds, such as 250ms or 1s, not "
                            + interval);
        }
        this.publisher = publisher;
        this.witnesses = witnesses;
        this.scheduler = scheduler;
        this.interval = interval;
        this.inTrouble = metrics.gauge("assent.log.trouble", new AtomicInteger());
        this.timer = metrics.timer("assent.log.checkpoints");
    }

    /** Begins; ends with the service. */
    public synchronized void start() {
        rounds = scheduler.scheduleWithFixedDelay(interval, interval, this::round);
    }

    /** Lets a round that has begun come to its end while there still is a database. */
    @PreDestroy
    void stop() {
        stopped = true;
        synchronized (this) {
            if (rounds != null) {
                rounds.cancel(false);
            }
        }
    }

    /**
     * Has what is committed signed now, for somebody who waits for it. It is left to the next round
     * where this node has not the key, or there is a trouble.
     */
    public void hurry() {
        try {
            publisher.publishNow();
        } catch (RuntimeException e) {
            say(e);
        }
    }

    /** Signs all that there is to sign; a trouble is said, and the next round tries again. */
    synchronized void round() {
        try {
            boolean more = !stopped;
            while (more) {
                Timer.Sample sample = Timer.start();
                Optional<CheckpointPublisher.Round> round = publisher.publish();
                round.ifPresent(done -> sample.stop(timer));
                more = !stopped && round.filter(CheckpointPublisher.Round::isBehind).isPresent();
            }
            witnesses.begin();
            if (!said.getAndSet("").isEmpty()) {
                LOG.info("checkpoints are signed again");
            }
            inTrouble.set(0);
        } catch (RuntimeException | Error e) {
            // An error too: a schedule whose task throws would end without a word.
            say(e);
        }
    }

    private void say(Throwable trouble) {
        inTrouble.set(1);
        String message = String.valueOf(trouble.getMessage());
        if (message.equals(said.getAndSet(message))) {
            return;
        }
        if (DatabaseTrouble.isOutOfReach(trouble)) {
            LOG.warn("no checkpoint can be signed, database out of reach: {}", message);
        } else if (trouble instanceof LogException) {
            LOG.error("no checkpoint is signed any more: {}", message);
        } else {
            LOG.error("no checkpoint can be signed", trouble);
        }
    }
}
