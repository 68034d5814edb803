// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import java.io.PrintStream;
import java.time.Duration;

/** Says now and then how far the check has come. */
final class FsckProgress {
    private static final Duration FOR_PEOPLE = Duration.ofSeconds(1);
    private static final Duration FOR_FILES = Duration.ofSeconds(30);

    private final PrintStream err;
    private final long nanosBetween;
    private long last = System.nanoTime();

    FsckProgress(PrintStream err) {
        this.err = err;
        boolean terminal = System.console() != null && System.console().isTerminal();
        this.nanosBetween = (terminal ? FOR_PEOPLE : FOR_FILES).toNanos();
    }

    /**
     * @param what is being checked
     * @param done entries
     */
    void say(String what, long done) {
        long now = System.nanoTime();
        if (now - last >= nanosBetween) {
            last = now;
            err.println("fsck: " + what + ": " + done + " entries");
        }
    }
}
