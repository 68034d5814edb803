// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import java.util.List;

/**
 * A JSON value of the kinds that this house allows: no null and no fraction. Immutable, and valid
 * by construction: what cannot be written canonically cannot be made.
 */
public sealed interface JsonValue
        permits JsonObject, JsonValue.Array, JsonValue.Text, JsonValue.Int, JsonValue.Bool {
    /**
     * The largest integer, and its negative the smallest: 2<sup>53</sup>−1, as in RFC 7493 §2.2.
     */
    long MAX_INTEGER = (1L << 53) - 1;

    /** A string of valid Unicode. */
    record Text(String value) implements JsonValue {
        /**
         * @throws IllegalArgumentException if the text holds half of a surrogate pair
         */
        public Text {
            if (hasLoneSurrogate(value)) {
                throw new IllegalArgumentException("text holds half of a surrogate pair");
            }
        }
    }

    /** An integer from −{@link #MAX_INTEGER} to {@link #MAX_INTEGER}. */
    record Int(long value) implements JsonValue {
        /**
         * @throws IllegalArgumentException outside that range
         */
        public Int {
            if (value > MAX_INTEGER || value < -MAX_INTEGER) {
                throw new IllegalArgumentException("integer beyond 2^53-1");
            }
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements JsonValue {}

    /** Values in the order given. */
    record Array(List<JsonValue> values) implements JsonValue {
        public Array {
            values = List.copyOf(values);
        }
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
