// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;

/** The service's clock. Tests put their own in its place; nothing else may ask for the time. */
@Factory
final class Time {

    @Singleton
    @Primary
    InstantSource instantSource() {
        return Clock.systemUTC();
    }
}
