// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
    /**
     * As the widget's {@code speechFor} picks from the same texts, {@code de} being the default.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "fr         | fr",
                "FR         | fr",
                "fr-CA      | fr",
                "fr-Latn-CA | fr",
                "frr        | de",
                "pt         | pt-BR",
                "pt-BR      | pt-BR",
                "pt-br      | pt-BR",
                "pt-PT      | pt-BR",
                "zh         | zh-Hans",
                "zh-Hant    | zh-Hant",
                "zh-Hant-TW | zh-Hans",
                "zh-HK      | zh-Hans",
                "en         | de",
                "''         | de",
                "-          | de",
                "f          | de",
                "fr-        | fr",
                "fr_CA      | de",
                "%66r       | de",
                "*          | de",
            })
    void nearest_isWhatTheWidgetPicks(String wanted, String language) {
        var offered = new TreeSet<>(List.of("de", "fr", "pt-BR", "zh-Hans", "zh-Hant"));
        assertThat(Languages.nearest(offered, "de", wanted)).isEqualTo(language);
    }
}
