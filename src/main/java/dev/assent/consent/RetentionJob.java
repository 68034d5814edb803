// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.site.Site;
import dev.assent.site.Sites;
import dev.assent.web.DatabaseTrouble;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases what is kept no longer: records that expired, once their site's retention has passed
 * since. Once a minute after the start, then every {@code ASSENT_RETENTION_INTERVAL}; in batches,
 * each a transaction of its own, so that recording goes on between them and a run that is cut short
 * loses nothing.
 */
@Singleton
class RetentionJob {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionJob.class);
    private static final long PATIENCE_SECONDS = 10;

    private final Sites sites;
    private final Erasures erasures;
    private final InstantSource clock;
    private final ReentrantLock running = new ReentrantLock();
    private volatile boolean closed;

    RetentionJob(Sites sites, Erasures erasures, InstantSource clock) {
        this.sites = sites;
        this.erasures = erasures;
        this.clock = clock;
    }

    /** Erases all that is due, site by site; a failure in one does not stop the others. */
    @Scheduled(initialDelay = "1m", fixedDelay = "${assent.retention-interval:1h}")
    void run() {
        running.lock();
        try {
            for (Site site : sites.all()) {
                erase(site);
            }
        } catch (RuntimeException failure) {
            report("retention could not list the sites", failure);
        } finally {
            running.unlock();
        }
    }

    /** Lets the batch at hand end, and begins no other. */
    @PreDestroy
    void close() throws InterruptedException {
        closed = true;
        if (running.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            running.unlock();
        }
    }

    private void erase(Site site) {
        try {
            Instant cutoff = cutoff(site);
            long sum = 0;
            int batch = Erasures.MAX_BATCH;
            while (batch == Erasures.MAX_BATCH && !closed) {
                batch = erasures.eraseExpired(site, cutoff);
                sum += batch;
            }
            if (sum > 0) {
                LOG.info("{} records of site {} erased by retention", sum, site.siteKey());
            }
        } catch (RuntimeException failure) {
            report("retention of site " + site.siteKey() + " failed", failure);
        }
    }

    /**
     * What expired before it is kept no longer. By the calendar of UTC; where the month reached has
     * no such day, its last is taken, which keeps a record up to three days longer, never shorter.
     */
    private Instant cutoff(Site site) {
        return clock.instant().atOffset(ZoneOffset.UTC).minus(site.retention()).toInstant();
    }

    private static void report(String what, RuntimeException failure) {
        if (DatabaseTrouble.isOutOfReach(failure)) {
            LOG.warn("{}: the database is out of reach; the next run goes on", what);
        } else {
            LOG.error("{}; the next run goes on", what, failure);
        }
    }
}
