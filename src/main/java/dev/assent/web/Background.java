// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what belongs to no request, such as a lookup whose result is kept for others.
 *
 * <p>Outside of whatever the caller is in: Micronaut's executors hand the caller's context on, and
 * with it the connection of a running transaction, which such a task would share with the caller,
 * or find closed.
 *
 * <p>And no longer than the service: its end waits for what is under way here, after the requests
 * and the jobs, while all that it needs still stands. What asks for a bean later has the context
 * build it anew, with a pool of connections that nobody closes.
 */
@Singleton
public final class Background implements Executor, ApplicationEventListener<ShutdownEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    /** How long the service's end waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Executor blocking;
    private int underWay;
    private boolean hasEnded;
    private volatile boolean isEnding;

    Background(@Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.blocking = blocking;
    }

    /**
     * Runs {@code task} on a thread of its own. It may block.
     *
     * @throws RejectedExecutionException if the service has ended
     */
    @Override
    public void execute(Runnable task) {
        begin();
        try {
            blocking.execute(PropagatedContext.empty().wrap(() -> run(task)));
        } catch (RejectedExecutionException e) {
            finish();
            throw e;
        }
    }

    /** Whether the service is about to end: a task of many parts then stops after one. */
    public boolean isEnding() {
        return isEnding;
    }

    /** Ends: comes after Micronaut's own listener, which ends requests and jobs. */
    @Override
    public synchronized void onApplicationEvent(ShutdownEvent event) {
        isEnding = true;
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (long left = PATIENCE.toMillis(); underWay > 0 && left > 0; ) {
                wait(left);
                left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        hasEnded = true;
        if (underWay > 0) {
            LOG.warn("tasks in the background are cut off: {}", underWay);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            finish();
        }
    }

    private synchronized void begin() {
        if (hasEnded) {
            throw new RejectedExecutionException("the service has ended");
        }
        underWay++;
    }

    private synchronized void finish() {
        underWay--;
        notifyAll();
    }
}
