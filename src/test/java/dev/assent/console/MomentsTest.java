// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.120Z");

    @Test
    void aMoment_isReadByProgramsAndPeople() {
        Moment moment = Moments.of(NOON);

        assertThat(moment.machine()).isEqualTo("2026-11-21T12:00:00.120Z");
        assertThat(moment.words()).isEqualTo("21 November 2026, 12:00:00 UTC");
    }

    @Test
    void clocks_areComparedBothWays() {
        assertThat(Moments.compare(NOON, NOON.plusMillis(400))).isEqualTo("Both clocks agree.");
        assertThat(Moments.compare(NOON.minusSeconds(3661), NOON))
                .isEqualTo(
                        "By the browser’s clock it was 1 hour 1 minute before this service stored it.");
        assertThat(Moments.compare(NOON.plus(Duration.ofDays(400)), NOON))
                .isEqualTo("By the browser’s clock it was 400 days after this service stored it.");
    }
}
