// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    /** The languages of the European Union, and six more. */
    static final String LANGUAGES =
            "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
                    + " nb is uk tr ar he";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");

    static Stream<String> languages() {
        return Arrays.stream(LANGUAGES.split(" "));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void builtInTexts_areThoseOfEnglish(String language) {
        assertThat(placeholders(language)).isEqualTo(placeholders("en"));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void builtInTexts_areWords(String language) {
        flat(language)
                .forEach((key, text) ->
                        assertThat(text)
                                .as(key)
                                .isNotBlank()
                                .isEqualTo(text.strip())
                                .doesNotContain("<", "\n", "  "));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void equalButtons_sayTwoThings(String language) {
        assertThat(flat(language).get("/acceptAll")).isNotEqualTo(flat(language).get("/rejectAll"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "no-NO", "nb-NO"})
    void norwegian_isFoundByEachOfItsNames(String language) {
        assertThat(Texts.builtIn(language)).isEqualTo(Texts.builtIn("nb"));
    }

    @Test
    void otherLanguages_haveNone() {
        assertThat(Texts.builtIn("eo")).isEmpty();
        assertThat(Texts.builtIn("nn")).isEmpty();
    }

    private static Map<String, String> flat(String language) {
        Map<String, String> texts = new TreeMap<>();
        flatten("", Texts.builtIn(language).orElseThrow(), texts);
        return texts;
    }

    private static Map<String, String> placeholders(String language) {
        Map<String, String> placeholders = flat(language);
        placeholders.replaceAll((key, text) ->
                PLACEHOLDER
                        .matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .sorted()
                        .collect(Collectors.joining()));
        return placeholders;
    }

    private static void flatten(String pointer, JsonValue value, Map<String, String> texts) {
        if (value instanceof JsonObject object) {
            object.members().forEach((key, child) -> flatten(pointer + "/" + key, child, texts));
        } else {
            texts.put(pointer, ((JsonValue.Text) value).value());
        }
    }
}
