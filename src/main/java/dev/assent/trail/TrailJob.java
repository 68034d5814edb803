// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.trail;

import dev.assent.web.DatabaseTrouble;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs, once a second, what operators have done. Any number of nodes may do so. */
@Singleton
class TrailJob {
    private static final Logger LOG = LoggerFactory.getLogger(TrailJob.class);

    private final TrailLog log;
    private volatile boolean closed;

    TrailJob(TrailLog log) {
        this.log = log;
    }

    /** Logs all that waits; a failure waits for the next second. */
    @Scheduled(
            initialDelay = "${assent.trail-interval:3s}",
            fixedDelay = "${assent.trail-interval:1s}")
    void run() {
        try {
            for (long organization : log.waiting()) {
                while (!closed && log.append(organization)) {
                    // Batch after batch.
                }
            }
        } catch (RuntimeException failure) {
            if (DatabaseTrouble.isOutOfReach(failure)) {
                LOG.warn("the trail could not be logged: the database is out of reach");
            } else {
                LOG.error("the trail could not be logged", failure);
            }
        }
    }

    /** Begins no other batch. */
    @PreDestroy
    void close() {
        closed = true;
    }
}
