// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.120Z");

    @Test
    void aMoment_isReadByProgramsAndPeople() {
        Moment moment = Moments.of(NOON);

        assertThat(moment.machine()).isEqualTo("2026-11-21T12:00:00.120Z");
        assertThat(moment.words()).isEqualTo("21 November 2026, 12:00:00 UTC");
        assertThat(Moments.toTheMinute(NOON).words()).isEqualTo("21 November 2026, 12:00 UTC");
        assertThat(Moments.of(LocalDate.of(2026, 11, 2)))
                .isEqualTo(new Moment("2026-11-02", "2 November 2026"));
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

    @ParameterizedTest
    @CsvSource({
        "P6M, 6 months",
        "P12M, 1 year",
        "P13M, 13 months",
        "P24M, 2 years",
        "P2Y, 2 years",
        "P1Y6M, 18 months",
        "P30M, '2 years, 6 months'",
        "P1D, 1 day",
        "P180D, 180 days"
    })
    void aPeriod_isSaidTheSameHoweverItWasWritten(String period, String words) {
        assertThat(Spans.words(Period.parse(period))).isEqualTo(words);
    }
}
