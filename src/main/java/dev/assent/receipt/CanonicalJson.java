// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.receipt.JsonValue.Array;
import dev.assent.receipt.JsonValue.Bool;
import dev.assent.receipt.JsonValue.Int;
import dev.assent.receipt.JsonValue.Text;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/**
 * JSON in the one spelling that can be hashed: RFC 8785 over objects, arrays, strings, booleans and
 * integers, and nothing else.
 *
 * <p>Reading refuses first and canonicalises after. Refused are: fractions and exponents, {@code
 * -0}, integers beyond 2<sup>53</sup>−1, null, a key that stands twice, be it in another case, a
 * key that is not {@code [A-Za-z][A-Za-z0-9_-]*}, half a surrogate pair, bad UTF-8, a byte order
 * mark, anything after the end, more than {@value #MAX_DEPTH} arrays and objects inside one
 * another, and more bytes than the limit. Every sequence of bytes gives a value or a {@link
 * JsonException}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785</a>
 */
public final class CanonicalJson {
    /** The most bytes in a canonical document: 64 KiB. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The most bytes in an artefact, which says the same in many languages: 512 KiB. */
    public static final int MAX_ARTEFACT_BYTES = 512 * 1024;

    /** The most arrays and objects that may lie inside one another. */
    public static final int MAX_DEPTH = 32;

    private static final String HEX = "0123456789abcdef";

    private CanonicalJson() {}

    /** Reads a document of at most {@link #MAX_BYTES} bytes of UTF-8, canonical or not. */
    public static JsonValue parse(byte[] document) throws JsonException {
        return parse(document, MAX_BYTES);
    }

    /** Reads a document of at most {@code maxBytes} bytes of UTF-8, canonical or not. */
    public static JsonValue parse(byte[] document, int maxBytes) throws JsonException {
        return JsonReader.read(document, maxBytes);
    }

    /** Reads a document that must be an object. */
    public static JsonObject parseObject(byte[] document) throws JsonException {
        return parseObject(document, MAX_BYTES);
    }

    /** Reads a document of at most {@code maxBytes} bytes that must be an object. */
    public static JsonObject parseObject(byte[] document, int maxBytes) throws JsonException {
        if (parse(document, maxBytes) instanceof JsonObject object) {
            return object;
        }
        throw JsonException.notAllowed("", "expected an object");
    }

    /** Reads an object whose bytes must be canonical already, as those of a record are. */
    public static JsonObject parseCanonicalObject(byte[] document) throws JsonException {
        return parseCanonicalObject(document, MAX_BYTES);
    }

    /** Reads an object of at most {@code maxBytes} bytes, which must be canonical already. */
    public static JsonObject parseCanonicalObject(byte[] document, int maxBytes)
            throws JsonException {
        JsonObject object = parseObject(document, maxBytes);
        if (!Arrays.equals(write(object), document)) {
            throw JsonException.notAllowed("", "not in canonical form");
        }
        return object;
    }

    /**
     * The canonical bytes of a value, UTF-8 without a line end.
     *
     * <p>Of any length: whoever stores them compares with {@link #MAX_BYTES} first.
     */
    public static byte[] write(JsonValue value) {
        return writeText(value).getBytes(UTF_8);
    }

    /** The canonical text of a value. */
    public static String writeText(JsonValue value) {
        StringBuilder out = new StringBuilder(1024);
        write(value, out);
        return out.toString();
    }

    private static void write(JsonValue value, StringBuilder out) {
        switch (value) {
            case Text text -> writeString(text.value(), out);
            case Int integer -> out.append(integer.value());
            case Bool bool -> out.append(bool.value());
            case Array array -> writeArray(array, out);
            case JsonObject object -> writeObject(object, out);
        }
    }

    private static void writeArray(Array array, StringBuilder out) {
        out.append('[');
        for (Iterator<JsonValue> values = array.values().iterator(); values.hasNext(); ) {
            write(values.next(), out);
            if (values.hasNext()) {
                out.append(',');
            }
        }
        out.append(']');
    }

    private static void writeObject(JsonObject object, StringBuilder out) {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            out.append(separator).append('"').append(member.getKey()).append("\":");
            write(member.getValue(), out);
            separator = ",";
        }
        out.append('}');
    }

    /** RFC 8785 §3.2.2.2: as few escapes as JSON allows, their hexadecimal in lower case. */
    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                out.append(text, written, i);
                writeEscape(c, out);
                written = i + 1;
            }
        }
        out.append(text, written, text.length()).append('"');
    }

    private static void writeEscape(char c, StringBuilder out) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
    }
}
