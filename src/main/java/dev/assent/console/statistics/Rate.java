// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.statistics;

/**
 * A share, told only where enough is known.
 *
 * @param part at most {@code whole}
 * @param whole at least 0
 */
public record Rate(long part, long whole) {
    /** Below, one more choice would change it by more than three in a hundred. */
    public static final long ENOUGH = 30;

    public static final String TOO_FEW = "too few to tell (under " + ENOUGH + ")";

    public boolean isTold() {
        return whole >= ENOUGH;
    }

    /** 0 to 100, whole; neither end unless it is exactly that. */
    public long percent() {
        if (whole == 0 || part == 0) {
            return 0;
        }
        long rounded = Math.round(100.0 * part / whole);
        return part == whole ? 100 : Math.clamp(rounded, 1, 99);
    }

    /** For people. */
    public String words() {
        return isTold() ? percent() + "\u00a0%" : TOO_FEW;
    }
}
