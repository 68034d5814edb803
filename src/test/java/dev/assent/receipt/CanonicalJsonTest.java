// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assent.receipt.JsonException.Kind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|{}",
                "[]|[]",
                "` { \"b\" : 1 ,\r\n\t\"a\" : [ true , false , \"x\" ] }`|{\"a\":[true,false,\"x\"],\"b\":1}",
                "{\"b\":1,\"B2\":2,\"aa\":3,\"a\":4,\"a-\":5,\"a1\":6,\"a_\":7}|{\"B2\":2,\"a\":4,\"a-\":5,\"a1\":6,\"a_\":7,\"aa\":3,\"b\":1}",
                "9007199254740991|9007199254740991",
                "-9007199254740991|-9007199254740991",
                "0|0",
                "\"\\/\"|\"/\"",
                "\"\\u0022\\u005C\\u002f\"|\"\\\"\\\\/\"",
                "\"\\u0008\\u0009\\u000A\\u000C\\u000D\"|\"\\b\\t\\n\\f\\r\"",
                "\"\\u0000\\u001F\\u007f\"|\"\\u0000\\u001f\u007f\"",
                "\"\\uD83D\\uDE02\"|\"\uD83D\uDE02\"",
                "\"\uFFFD\\uFFFF\"|\"\uFFFD\uFFFF\"",
                "{\"\\u0061\":1}|{\"a\":1}",
            })
    void write_isCanonical(String document, String canonical) throws JsonException {
        JsonValue value = CanonicalJson.parse(document.getBytes(UTF_8));
        assertThat(CanonicalJson.writeText(value)).isEqualTo(canonical);
        assertThat(CanonicalJson.parse(CanonicalJson.write(value))).isEqualTo(value);
    }

    /** The string of RFC 8785 §3.2.2, whose other members this house does not allow. */
    @Test
    void write_escapesAsRfc8785() throws JsonException {
        String document =
                "{\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"}";
        byte[] canonical = CanonicalJson.write(CanonicalJson.parse(document.getBytes(UTF_8)));
        assertThat(canonical)
                .asString(UTF_8)
                .isEqualTo("{\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "[1,]",
                "[1 2]",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1}}",
                "{}{}",
                "{} x",
                "1 2",
                "truefalse",
                "tru",
                "TRUE",
                "undefined",
                "NaN",
                "[Infinity]",
                "007",
                "[01]",
                "+1",
                "[1.]",
                "[.5]",
                "0x10",
                "\"abc",
                "\"a\nb\"",
                "\"a\u0000b\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "// comment\n{}",
                "/* comment */{}",
                "# comment\n{}",
                "\uFEFF{}",
                "{}\u00A0",
                "]",
                "}",
                ",",
                "[}",
            })
    void parse_refusesWhatIsNotJson(String document) {
        assertThat(refusal(document.getBytes(UTF_8)).kind()).isEqualTo(Kind.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null|``",
                "{\"a\":null}|/a",
                "{\"a\":[1,{\"b\":null}]}|/a/1/b",
                "{\"a\":1.0}|/a",
                "{\"a\":1e2}|/a",
                "{\"a\":-0}|/a",
                "{\"a\":9007199254740992}|/a",
                "{\"a\":-9007199254740992}|/a",
                "{\"a\":99999999999999999999999999999999999999}|/a",
                "{\"a\":1,\"a\":1}|/a",
                "{\"a\":1,\"\\u0061\":1}|/a",
                "{\"aB\":1,\"Ab\":1}|/Ab",
                "{\"a\":{\"\":1}}|/a",
                "{\"a\":{\"1\":1}}|/a",
                "{\"__proto__\":1}|``",
                "{\"a b\":1}|``",
                "{\"a/b\":1}|``",
                "{\"\u00e9\":1}|``",
                "{\"\u0130\":1}|``",
                "{\"a\":\"\\ud83d\"}|/a",
                "{\"a\":\"\\ude02\\ud83d\"}|/a",
                "{\"a\":\"\\ud83d\\ud83d\\ude02\"}|/a",
                "[\"\\udead\"]|/0",
            })
    void parse_refusesWhatIsNotAllowedAndSaysWhere(String document, String pointer) {
        JsonException refusal = refusal(document.getBytes(UTF_8));
        assertThat(refusal.kind()).isEqualTo(Kind.NOT_ALLOWED);
        assertThat(refusal.pointer()).isEqualTo(pointer);
    }

    /** The sorting example of RFC 8785 §3.2.3: none of its keys is a word of ours. */
    @Test
    void parse_refusesTheKeysOfRfc8785() {
        String document =
                "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji\"}";
        assertThat(refusal(document.getBytes(UTF_8)).kind()).isEqualTo(Kind.NOT_ALLOWED);
    }

    @Test
    void parse_refusesBadUtf8() {
        byte[][] bad = {
            {'"', (byte) 0xff, '"'},
            {'"', (byte) 0xc0, (byte) 0xaf, '"'},
            {'"', (byte) 0xe0, (byte) 0x80, (byte) 0xaf, '"'},
            {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
            {'"', (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
            {'"', (byte) 0xe2, (byte) 0x82, '"'},
            {'"', (byte) 0xef, (byte) 0xbf, (byte) 0xbd, (byte) 0x80, '"'},
        };
        for (byte[] document : bad) {
            assertThat(refusal(document).kind()).isEqualTo(Kind.MALFORMED);
        }
    }

    @Test
    void parse_doesNotGuessAtUtf16OrUtf32() {
        for (String charset : new String[] {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
            byte[] document = "{\"a\":1}".getBytes(Charset.forName(charset));
            assertThat(refusal(document).kind()).isEqualTo(Kind.MALFORMED);
        }
        assertThat(refusal("\"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1)).kind())
                .isEqualTo(Kind.MALFORMED);
    }

    @Test
    void parse_boundsDepthAndLength() throws JsonException {
        int most = CanonicalJson.MAX_DEPTH;
        CanonicalJson.parse(nested(most));
        assertThat(refusal(nested(most + 1)).kind()).isEqualTo(Kind.NOT_ALLOWED);
        assertThat(refusal("[".repeat(60_000).getBytes(UTF_8)).kind()).isEqualTo(Kind.NOT_ALLOWED);
        assertThat(refusal("{\"a\":".repeat(10_000).getBytes(UTF_8)).kind())
                .isEqualTo(Kind.NOT_ALLOWED);
        CanonicalJson.parse(string(CanonicalJson.MAX_BYTES));
        assertThat(refusal(string(CanonicalJson.MAX_BYTES + 1)).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(refusal("9".repeat(60_000).getBytes(UTF_8)).kind()).isEqualTo(Kind.NOT_ALLOWED);
        assertThat(refusal(("{\"" + "k".repeat(60_000)).getBytes(UTF_8)).kind())
                .isEqualTo(Kind.MALFORMED);
    }

    @Test
    void parseCanonicalObject_refusesAnotherSpelling() throws JsonException {
        CanonicalJson.parseCanonicalObject("{\"a\":1,\"b\":2}".getBytes(UTF_8));
        for (String other :
                new String[] {
                    "{\"b\":2,\"a\":1}",
                    "{\"a\":1, \"b\":2}",
                    "{\"a\":1,\"b\":2}\n",
                    "{\"\\u0061\":1,\"b\":2}",
                    "[]"
                }) {
            assertThatThrownBy(() -> CanonicalJson.parseCanonicalObject(other.getBytes(UTF_8)))
                    .isInstanceOf(JsonException.class);
        }
    }

    @Test
    void parse_readsBackWhatIsWritten_atRandom() throws JsonException {
        RandomJson random = new RandomJson(new Random(8785));
        for (int i = 0; i < 2_000; i++) {
            JsonValue value = random.value(4);
            byte[] canonical = CanonicalJson.write(value);
            assertThat(CanonicalJson.parse(canonical)).isEqualTo(value);
            assertThat(CanonicalJson.write(CanonicalJson.parse(canonical))).isEqualTo(canonical);
        }
    }

    @Test
    void parse_givesAValueOrAJsonException_forAnyBytes() {
        Random random = new Random(7493);
        RandomJson values = new RandomJson(random);
        for (int i = 0; i < 20_000; i++) {
            byte[] document = CanonicalJson.write(values.value(3));
            document[random.nextInt(document.length)] = (byte) random.nextInt(256);
            try {
                CanonicalJson.parse(document);
            } catch (JsonException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    private static JsonException refusal(byte[] document) {
        JsonException refusal =
                catchThrowableOfType(JsonException.class, () -> CanonicalJson.parse(document));
        assertThat(refusal).as("refusal").isNotNull();
        return refusal;
    }

    private static byte[] nested(int depth) {
        return ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);
    }

    private static byte[] string(int length) {
        return ('"' + "x".repeat(length - 2) + '"').getBytes(UTF_8);
    }
}
