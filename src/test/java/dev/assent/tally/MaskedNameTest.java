// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same cases as the widget's own test. */
class MaskedNameTest {
    static Stream<Arguments> names() throws IOException, JsonException {
        try (var file = MaskedNameTest.class.getResourceAsStream("/vectors/masked-names.json")) {
            byte[] pairs = Objects.requireNonNull(file).readAllBytes();
            return elements(CanonicalJson.parse(pairs, pairs.length)).stream()
                    .map(MaskedNameTest::elements)
                    .map(pair -> Arguments.of(text(pair.get(0)), text(pair.get(1))));
        }
    }

    private static List<JsonValue> elements(JsonValue array) {
        return ((JsonValue.Array) array).values();
    }

    private static String text(JsonValue value) {
        return ((JsonValue.Text) value).value();
    }

    @ParameterizedTest
    @MethodSource("names")
    void name_losesWhatMaySayWhoseItIs(String name, String masked) {
        assertThat(MaskedName.of(name)).isEqualTo(masked);
        assertThat(MaskedName.of(masked)).isEqualTo(masked);
        assertThat(masked).hasSizeBetween(1, MaskedName.MAX_LENGTH).doesNotContainPattern("[0-9]");
    }
}
