// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.account.Isolation;
import dev.assent.consent.ChoiceCounts.Waiting;
import dev.assent.web.DatabaseTrouble;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what was recorded, once a minute, so that it is counted before it can be erased and nobody
 * who asks has to wait. Any number of nodes may do so: each batch is one node's.
 */
@Singleton
class StatisticsJob {
    private static final Logger LOG = LoggerFactory.getLogger(StatisticsJob.class);

    private final ChoiceCounts counts;
    private final Isolation isolation;
    private volatile boolean closed;

    StatisticsJob(ChoiceCounts counts, Isolation isolation) {
        this.counts = counts;
        this.isolation = isolation;
    }

    /** Counts all that is new; a failure waits for the next minute. */
    @Scheduled(initialDelay = "1m", fixedDelay = "1m")
    void run() {
        try {
            for (Waiting site : isolation.publicly(counts::waiting)) {
                while (!closed && count(site)) {
                    // Batch after batch.
                }
            }
        } catch (RuntimeException failure) {
            if (DatabaseTrouble.isOutOfReach(failure)) {
                LOG.warn("choices could not be counted: the database is out of reach");
            } else {
                LOG.error("choices could not be counted", failure);
            }
        }
    }

    private boolean count(Waiting site) {
        return isolation.within(site.organizationId(), () -> counts.count(site.siteId()));
    }

    /** Begins no other batch. */
    @PreDestroy
    void close() {
        closed = true;
    }
}
