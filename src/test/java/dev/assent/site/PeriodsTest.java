// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodsTest {

    @ParameterizedTest
    @CsvSource({
        "P6M,181",
        "P1M,28",
        "P1Y,365",
        "P12M,365",
        "P24M,730",
        "P1D,1",
        "P2W,14",
        "P1Y6M,546",
        "P0D,0"
    })
    void shortestDays_areThoseOfTheWorstMonths(String period, long days) {
        assertThat(Periods.parse(period).map(Periods::shortestDays)).contains(days);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "P", "p6m", "P6", "-P6M", "P-6M", "PT6H", "P6M1Y", "P99999D", " P6M"})
    void otherTexts_areNoPeriods(String text) {
        assertThat(Periods.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "P24M,true",
        "P2Y,true",
        "P730D,true",
        "P731D,false",
        "P25M,false",
        "P23M28D,true",
        "P23M31D,false"
    })
    void within_holdsForEveryFirstDay(String period, boolean within) {
        assertThat(Periods.isWithin(Period.parse(period), Period.ofMonths(24))).isEqualTo(within);
    }
}
