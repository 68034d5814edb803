// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes what asks the witnesses, from {@code ASSENT_WITNESS_FILE}. */
@Factory
final class WitnessWiring {
    /** At the start, so that a wrong file is told then and not with the first checkpoint. */
    @Context
    WitnessConfiguration configuration(
            @Nullable @Property(name = "assent.witness-file") String file) {
        return file == null || file.isBlank()
                ? WitnessConfiguration.NONE
                : WitnessConfiguration.load(file);
    }

    @Singleton
    @Bean(preDestroy = "close")
    Witnessing witnessing(WitnessConfiguration configuration, InstantSource clock) {
        return new Witnessing(configuration.witnesses(), new WitnessClient(clock), clock);
    }
}
