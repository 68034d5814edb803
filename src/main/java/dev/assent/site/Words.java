// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.util.List;
import java.util.stream.Stream;

/** Reads documents for people: what is absent is empty, whatever else it should be. */
final class Words {
    private Words() {}

    /** A value as people read it: yes and no, a list in one line. */
    static String shown(JsonValue value) {
        return switch (value) {
            case JsonValue.Text text -> text.value();
            case JsonValue.Bool bool -> bool.value() ? "yes" : "no";
            case JsonValue.Int integer -> Long.toString(integer.value());
            case JsonValue.Array array ->
                    String.join(", ", array.values().stream().map(Words::shown).toList());
            case JsonObject object -> CanonicalJson.writeText(object);
        };
    }

    static String text(JsonObject object, String... path) {
        return object.find(path).map(Words::shown).orElse("");
    }

    static boolean isTrue(JsonObject object, String key) {
        return object.find(key).filter(new JsonValue.Bool(true)::equals).isPresent();
    }

    /** The objects in the array at {@code key}. */
    static Stream<JsonObject> objects(JsonObject object, String key) {
        return values(object, key).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    /** The texts in the array at {@code key}. */
    static List<String> texts(JsonObject object, String key) {
        return values(object, key).map(Words::shown).toList();
    }

    private static Stream<JsonValue> values(JsonObject object, String key) {
        return object.find(key).filter(JsonValue.Array.class::isInstance).stream()
                .flatMap(array -> ((JsonValue.Array) array).values().stream());
    }
}
