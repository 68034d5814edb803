// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for what only looking can tell. */
final class Waiting {
    private Waiting() {}

    /**
     * Looks at once and then every {@code poll}; true as soon as it holds, false after patience.
     */
    static boolean until(Duration patience, Duration poll, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(poll);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return condition.getAsBoolean();
            }
        }
        return true;
    }
}
