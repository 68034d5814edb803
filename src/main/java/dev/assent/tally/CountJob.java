// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import dev.assent.web.DatabaseTrouble;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what this node was told, every half minute and when it ends. */
@Singleton
class CountJob {
    private static final Logger LOG = LoggerFactory.getLogger(CountJob.class);

    private final ShownCounts shown;
    private final UndeclaredTrackers undeclared;

    CountJob(ShownCounts shown, UndeclaredTrackers undeclared) {
        this.shown = shown;
        this.undeclared = undeclared;
    }

    /** What fails waits for the next half minute. */
    @Scheduled(initialDelay = "30s", fixedDelay = "30s")
    @PreDestroy
    void run() {
        attempt("banners shown", shown::write);
        attempt("undeclared trackers", undeclared::write);
    }

    private static void attempt(String what, Runnable write) {
        try {
            write.run();
        } catch (RuntimeException failure) {
            if (DatabaseTrouble.isOutOfReach(failure)) {
                LOG.warn("{} could not be written: the database is out of reach", what);
            } else {
                LOG.error("{} could not be written", what, failure);
            }
        }
    }
}
