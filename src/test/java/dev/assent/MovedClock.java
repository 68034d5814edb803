// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's clock, put forward by what a test says; with the property {@code moved-clock}. */
@Singleton
@Primary
@Replaces(InstantSource.class)
@Requires(property = "moved-clock")
public class MovedClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead);
    }

    /** From now on it is the system's again. */
    public void reset() {
        ahead = Duration.ZERO;
    }

    /** From now on it is later by this much. */
    public void advance(Duration more) {
        ahead = ahead.plus(more);
    }
}
