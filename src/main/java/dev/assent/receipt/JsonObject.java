// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.receipt.JsonValue.Array;
import dev.assent.receipt.JsonValue.Bool;
import dev.assent.receipt.JsonValue.Int;
import dev.assent.receipt.JsonValue.Text;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A JSON object, its keys in canonical order: by UTF-16 code unit (RFC 8785 §3.2.3).
 *
 * <p>A key is {@code [A-Za-z][A-Za-z0-9_-]*}, and no two differ only in case. What is absent is
 * absent: there is no null.
 *
 * <p>The readers {@link #text}, {@link #integer} and so on take a path of keys, {@code
 * text("policy", "sha256")}, and throw a {@link JsonException} that points at what is missing or of
 * another kind.
 */
public final class JsonObject implements JsonValue {
    static final String BAD_KEY = "a key is a letter, then letters, digits, _ and -";
    static final String REPEATED_KEY = "a key stands twice, or differs only in case";

    private static final JsonObject EMPTY = builder().build();

    private final SortedMap<String, JsonValue> members;

    private JsonObject(SortedMap<String, JsonValue> members) {
        this.members = members;
    }

    public static JsonObject empty() {
        return EMPTY;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The keys in canonical order. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /** Keys and values in canonical order. */
    public Map<String, JsonValue> members() {
        return Collections.unmodifiableMap(members);
    }

    /** The value at a path of keys; empty if any of them is absent. */
    public Optional<JsonValue> find(String... path) {
        JsonValue value = this;
        for (String key : path) {
            if (!(value instanceof JsonObject object) || !object.members.containsKey(key)) {
                return Optional.empty();
            }
            value = object.members.get(key);
        }
        return Optional.of(value);
    }

    public String text(String... path) throws JsonException {
        if (require(path) instanceof Text text) {
            return text.value();
        }
        throw expected("a string", path);
    }

    public long integer(String... path) throws JsonException {
        if (require(path) instanceof Int integer) {
            return integer.value();
        }
        throw expected("an integer", path);
    }

    public boolean bool(String... path) throws JsonException {
        if (require(path) instanceof Bool bool) {
            return bool.value();
        }
        throw expected("true or false", path);
    }

    public JsonObject object(String... path) throws JsonException {
        if (require(path) instanceof JsonObject object) {
            return object;
        }
        throw expected("an object", path);
    }

    public List<JsonValue> array(String... path) throws JsonException {
        if (require(path) instanceof Array array) {
            return array.values();
        }
        throw expected("an array", path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject object && members.equals(object.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /** The keys alone: the values may be a visitor's. */
    @Override
    public String toString() {
        return "JsonObject" + members.keySet();
    }

    static boolean isKey(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '_' || c == '-'))) {
                return false;
            }
        }
        return !key.isEmpty();
    }

    private JsonValue require(String... path) throws JsonException {
        return find(path).orElseThrow(() -> JsonException.notAllowed(pointer(path), "missing"));
    }

    private static JsonException expected(String what, String... path) {
        return JsonException.notAllowed(pointer(path), "expected " + what);
    }

    private static String pointer(String... path) {
        return path.length == 0 ? "" : "/" + String.join("/", path);
    }

    /** Collects members in any order. Not for several threads. */
    public static final class Builder {
        private final TreeMap<String, JsonValue> members = new TreeMap<>();
        private final Set<String> lowerCaseKeys = new HashSet<>();

        private Builder() {}

        public Builder put(String key, String value) {
            return put(key, new Text(value));
        }

        public Builder put(String key, long value) {
            return put(key, new Int(value));
        }

        public Builder put(String key, boolean value) {
            return put(key, new Bool(value));
        }

        /**
         * @throws IllegalArgumentException if the key has a bad form or is there already, be it in
         *     another case
         */
        public Builder put(String key, JsonValue value) {
            if (!isKey(key)) {
                throw new IllegalArgumentException(BAD_KEY);
            }
            if (!add(key, value)) {
                throw new IllegalArgumentException(REPEATED_KEY);
            }
            return this;
        }

        public JsonObject build() {
            return new JsonObject(new TreeMap<>(members));
        }

        /** False, and nothing is changed, if the key is there already in whatever case. */
        boolean add(String key, JsonValue value) {
            if (!lowerCaseKeys.add(key.toLowerCase(Locale.ROOT))) {
                return false;
            }
            members.put(key, value);
            return true;
        }
    }
}
