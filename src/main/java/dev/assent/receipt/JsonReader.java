// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.assent.receipt.JsonException.Kind;
import dev.assent.receipt.JsonValue.Array;
import dev.assent.receipt.JsonValue.Bool;
import dev.assent.receipt.JsonValue.Int;
import dev.assent.receipt.JsonValue.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one document into values, refusing what {@link CanonicalJson} lists.
 *
 * <p>The library is given characters, never bytes: from bytes it would guess at UTF-16, skip a byte
 * order mark and pass over bad UTF-8.
 */
final class JsonReader {
    /** A number of more characters is beyond 2^53−1, whatever its digits. */
    private static final int MAX_NUMBER_LENGTH = "-9007199254740991".length();

    private static final char REPLACEMENT = '\uFFFD';

    /** Its own limits are lifted: the number of bytes and the depth are bounded here. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    static JsonValue read(byte[] document, int maxBytes) throws JsonException {
        if (document.length > maxBytes) {
            throw new JsonException(
                    Kind.TOO_LARGE, "", "a document has at most " + maxBytes + " bytes");
        }
        try (JsonParser parser = FACTORY.createParser(decode(document))) {
            JsonReader reader = new JsonReader(parser);
            JsonValue value = reader.value(parser.nextToken(), "", 0);
            if (parser.nextToken() != null) {
                throw malformed("", "something follows the document");
            }
            return value;
        } catch (CharacterCodingException e) {
            throw malformed("", "not UTF-8");
        } catch (IOException e) {
            throw malformed("", "not JSON, or not whole");
        }
    }

    private JsonValue value(JsonToken token, String pointer, int depth)
            throws IOException, JsonException {
        if (token == null) {
            throw malformed(pointer, "not JSON, or not whole");
        }
        return switch (token) {
            case START_OBJECT -> object(pointer, deeper(pointer, depth));
            case START_ARRAY -> array(pointer, deeper(pointer, depth));
            case VALUE_STRING -> text(pointer);
            case VALUE_NUMBER_INT -> integer(pointer);
            case VALUE_TRUE -> new Bool(true);
            case VALUE_FALSE -> new Bool(false);
            case VALUE_NULL ->
                    throw JsonException.notAllowed(pointer, "null is not used: leave it out");
            case VALUE_NUMBER_FLOAT ->
                    throw JsonException.notAllowed(pointer, "a number is an integer");
            case END_ARRAY, END_OBJECT, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw malformed(pointer, "not JSON, or not whole");
        };
    }

    private JsonObject object(String pointer, int depth) throws IOException, JsonException {
        JsonObject.Builder members = JsonObject.builder();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            if (!JsonObject.isKey(key)) {
                throw JsonException.notAllowed(pointer, JsonObject.BAD_KEY);
            }
            String at = pointer + "/" + key;
            if (!members.add(key, value(parser.nextToken(), at, depth))) {
                throw JsonException.notAllowed(at, JsonObject.REPEATED_KEY);
            }
        }
        return members.build();
    }

    private Array array(String pointer, int depth) throws IOException, JsonException {
        List<JsonValue> values = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            values.add(value(token, pointer + "/" + values.size(), depth));
            token = parser.nextToken();
        }
        return new Array(values);
    }

    private Text text(String pointer) throws IOException, JsonException {
        try {
            return new Text(parser.getText());
        } catch (IllegalArgumentException e) {
            throw JsonException.notAllowed(pointer, "a string holds half of a surrogate pair");
        }
    }

    private Int integer(String pointer) throws IOException, JsonException {
        String digits = parser.getText();
        if (digits.equals("-0")) {
            throw JsonException.notAllowed(pointer, "zero is written 0");
        }
        if (digits.length() <= MAX_NUMBER_LENGTH) {
            long value = Long.parseLong(digits);
            if (Math.abs(value) <= JsonValue.MAX_INTEGER) {
                return new Int(value);
            }
        }
        throw JsonException.notAllowed(pointer, "an integer is at most 2^53-1 either way");
    }

    private static int deeper(String pointer, int depth) throws JsonException {
        if (depth == CanonicalJson.MAX_DEPTH) {
            throw JsonException.notAllowed(
                    pointer, "at most " + CanonicalJson.MAX_DEPTH + " levels");
        }
        return depth + 1;
    }

    /** The replacement character is rare enough to decode again, strictly, where it shows up. */
    private static String decode(byte[] document) throws CharacterCodingException {
        String text = new String(document, UTF_8);
        return text.indexOf(REPLACEMENT) < 0
                ? text
                : UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
    }

    private static JsonException malformed(String pointer, String message) {
        return new JsonException(Kind.MALFORMED, pointer, message);
    }
}
