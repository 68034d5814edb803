// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import java.util.ArrayList;
import java.util.List;

/**
 * What a check has found wrong: the first hundred faults in words, and how many there are. The
 * words hold ids of sites and numbers only, nothing of a visitor. Not for several threads.
 */
public final class Findings {
    private static final int KEPT = 100;

    private final List<String> faults = new ArrayList<>();
    private long count;

    /** Something is not as it should be. */
    public void add(String fault) {
        if (++count <= KEPT) {
            faults.add(fault);
        }
    }

    /** Adds {@code fault} unless {@code holds}. */
    public void require(boolean holds, String fault) {
        if (!holds) {
            add(fault);
        }
    }

    /** All of them, also those that are not kept. */
    public long count() {
        return count;
    }

    /** The first hundred. */
    public List<String> faults() {
        return List.copyOf(faults);
    }
}
