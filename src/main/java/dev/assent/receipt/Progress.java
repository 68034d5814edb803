// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Says once a second how many lines are done: on a terminal in one place, else a line each time.
 */
final class Progress {
    private static final int MILLIS_BETWEEN = 1_000;

    private final PrintStream err;
    private final boolean terminal;
    private final InstantSource clock;
    private final long start;
    private long next;
    private boolean shown;

    Progress(PrintStream err, boolean terminal, InstantSource clock) {
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
        this.start = clock.millis();
        this.next = start + MILLIS_BETWEEN;
    }

    /** This many lines are done. */
    void report(long lines) {
        long now = clock.millis();
        if (now >= next) {
            long perSecond = lines * 1_000 / Math.max(1, now - start);
            String text =
                    String.format(Locale.ROOT, "verify: %,d lines, %,d a second", lines, perSecond);
            err.print(terminal ? "\r" + text + "\u001b[K" : text + "\n");
            err.flush();
            next = now + MILLIS_BETWEEN;
            shown = true;
        }
    }

    /** Takes the line off the terminal again. */
    void end() {
        if (terminal && shown) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
