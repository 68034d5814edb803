// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a message that did not arrive is sent again: the schedule that Standard Webhooks recommends,
 * ten attempts within some three days, each a little later than that, so that not all come at once.
 */
final class Retries {
    /** Since the attempt before; the first is made at once. */
    private static final List<Duration> AFTER =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10),
                    Duration.ofHours(14),
                    Duration.ofHours(20),
                    Duration.ofHours(24));

    private static final double JITTER = 0.1;

    private Retries() {}

    /**
     * How long to wait before the next attempt; empty if there is none.
     *
     * @param attempts made so far, at least 1
     */
    static Optional<Duration> after(int attempts, RandomGenerator random) {
        if (attempts > AFTER.size()) {
            return Optional.empty();
        }
        Duration wait = AFTER.get(attempts - 1);
        return Optional.of(
                wait.plusMillis((long) (wait.toMillis() * JITTER * random.nextDouble())));
    }
}
