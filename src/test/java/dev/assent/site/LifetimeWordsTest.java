// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LifetimeWordsTest {
    private static final String WORD = "\\p{L}{2}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P13M | en | 13 months",
                "P1M | en | 1 month",
                "P13M | fr-CA | 13 mois",
                "P30D | de | 30 Tage",
                "P1Y6M | de | 1 Jahr, 6 Monate",
                "P0Y6M | it | 6 mesi",
                "PT30M | es | 30 minutos",
                "P2D | sl | 2 dneva",
                "P1W | nl | 1 week",
                "P180D | vi | 180 ngày"
            })
    void lifetime_isSaidInTheLanguage(String lifetime, String language, String words) {
        assertThat(LifetimeWords.of(lifetime, language)).isEqualTo(words);
    }

    @ParameterizedTest
    @MethodSource("dev.assent.site.TextsTest#languages")
    void eachUnit_hasAWordInEachLanguage(String language) {
        // CLDR has only letters for some units of Irish and Maltese; so have the browsers.
        Pattern word = Pattern.compile(Set.of("ga", "mt").contains(language) ? "\\p{L}" : WORD);
        String english = "en".equals(language) ? "" : LifetimeWords.of("P2Y", "en");
        for (String lifetime : new String[] {"P2Y", "P2M", "P2W", "P2D", "PT2H", "PT2M", "PT2S"}) {
            assertThat(LifetimeWords.of(lifetime, language))
                    .containsPattern(word)
                    .isNotEqualTo(english);
        }
    }

    @ParameterizedTest
    @CsvSource({"P0D, en", "soon, en", "PT0.5S, en", "P-1D, en", "P, en"})
    void otherText_staysAsItIs(String lifetime, String language) {
        assertThat(LifetimeWords.of(lifetime, language)).isEqualTo(lifetime);
    }
}
