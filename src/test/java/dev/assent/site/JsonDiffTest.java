// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDiffTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1} | {\"a\":1} | []",
                "{\"a\":1} | {\"a\":2} | [{\"after\":2,\"before\":1,\"pointer\":\"/a\"}]",
                "{\"a\":1} | {\"b\":1} | [{\"before\":1,\"pointer\":\"/a\"},{\"after\":1,\"pointer\":\"/b\"}]",
                "{\"a\":[1,2]} | {\"a\":[1,3,4]} | [{\"after\":3,\"before\":2,\"pointer\":\"/a/1\"},{\"after\":4,\"pointer\":\"/a/2\"}]",
                "{\"a\":{\"b\":{\"c\":true}}} | {\"a\":{\"b\":{}}} | [{\"before\":true,\"pointer\":\"/a/b/c\"}]",
                "{\"a\":{}} | {\"a\":[]} | [{\"after\":[],\"before\":{},\"pointer\":\"/a\"}]"
            })
    void between_tellsEachChangeWithItsPlace(String before, String after, String changes)
            throws JsonException {
        assertThat(CanonicalJson.writeText(JsonDiff.between(json(before), json(after))))
                .isEqualTo(changes);
    }

    private static JsonValue json(String text) throws JsonException {
        return CanonicalJson.parse(text.getBytes(UTF_8));
    }
}
