// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LifetimeWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P13M | en | month: 13",
                "P13M | fr-CA | mois: 13",
                "P30D | de | Tag: 30",
                "P1Y6M | de | Jahr: 1 und Monat: 6",
                "P0Y6M | it | mese: 6",
                "PT30M | es | minuto: 30",
                "P1W | nl | week: 1"
            })
    void lifetime_isSaidInTheLanguage(String lifetime, String language, String words) {
        assertThat(LifetimeWords.of(lifetime, language)).isEqualTo(words);
    }

    @ParameterizedTest
    @MethodSource("dev.assent.site.TextsTest#languages")
    void eachUnit_hasAWordInEachLanguage(String language) {
        for (String lifetime : new String[] {"P2Y", "P2M", "P2W", "P2D", "PT2H", "PT2M", "PT2S"}) {
            assertThat(LifetimeWords.of(lifetime, language)).endsWith(": 2");
        }
    }

    @ParameterizedTest
    @CsvSource({"P0D, en", "soon, en", "PT0.5S, en", "P30D, eo", "P-1D, en", "P, en"})
    void otherText_staysAsItIs(String lifetime, String language) {
        assertThat(LifetimeWords.of(lifetime, language)).isEqualTo(lifetime);
    }
}
