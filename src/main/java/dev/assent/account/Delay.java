// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import java.time.Duration;

/**
 * How long to wait after attempts that failed: not at all after the first few, then ever longer, at
 * most {@link #LONGEST}. Nobody is locked out for good, neither the owner of an account that a
 * stranger tries, nor an office.
 */
final class Delay {
    /** The longest wait. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    /** After this long without a failure all is forgotten. */
    static final Duration MEMORY = Duration.ofHours(24);

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final int MAX_DOUBLINGS = 8;

    private Delay() {}

    /**
     * The wait that the latest failure brings.
     *
     * @param failures in a row, this one included
     * @param free how many cost nothing
     */
    static Duration after(int failures, int free) {
        if (failures < free) {
            return Duration.ZERO;
        }
        Duration wait = FIRST.multipliedBy(1L << Math.min(MAX_DOUBLINGS, failures - free));
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
