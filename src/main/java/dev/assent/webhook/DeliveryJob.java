// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import dev.assent.web.Background;
import dev.assent.web.DatabaseTrouble;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second which webhooks have something to do, and does it for each on a thread of its
 * own, so that one that answers slowly keeps no other waiting. Any number of nodes may do so.
 */
@Singleton
class DeliveryJob {
    /** How long a delivery can be looked at. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryJob.class);

    private final DeliveryRows rows;
    private final DeliveryRound round;
    private final InstantSource clock;
    private final Background background;
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();

    DeliveryJob(
            DeliveryRows rows, DeliveryRound round, InstantSource clock, Background background) {
        this.rows = rows;
        this.round = round;
        this.clock = clock;
        this.background = background;
    }

    /** Begins with every webhook that has something to do and is not at it here. */
    @Scheduled(
            initialDelay = "${assent.webhook-interval:3s}",
            fixedDelay = "${assent.webhook-interval:1s}")
    void run() {
        report(
                "webhooks could not be told",
                () -> {
                    for (DeliveryRows.Work work : rows.atWork(clock.instant())) {
                        if (!background.isEnding() && busy.add(work.webhookId())) {
                            background.execute(() -> tell(work));
                        }
                    }
                });
    }

    /** Deletes deliveries that are older than {@link #KEPT}. */
    @Scheduled(initialDelay = "10m", fixedDelay = "1h")
    void forget() {
        report(
                "old deliveries could not be deleted",
                () -> {
                    while (!background.isEnding() && rows.forget(clock.instant().minus(KEPT)) > 0) {
                        // Batch after batch.
                    }
                });
    }

    /** At the service's end, what is being sent and not heard of in time is sent again later. */
    private void tell(DeliveryRows.Work work) {
        try {
            report(
                    "a webhook could not be told",
                    () -> {
                        while (!background.isEnding() && round.run(work)) {
                            // Round after round.
                        }
                    });
        } finally {
            busy.remove(work.webhookId());
        }
    }

    private void report(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            if (background.isEnding()) {
                LOG.debug("{} while the service ends", what);
            } else if (DatabaseTrouble.isOutOfReach(failure)) {
                LOG.warn("{}: the database is out of reach; the next run goes on", what);
            } else {
                LOG.error("{}; the next run goes on", what, failure);
            }
        }
    }
}
