// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What differs between two documents, member by member; arrays are compared place by place. */
final class JsonDiff {
    private final List<JsonValue> changes = new ArrayList<>();

    private JsonDiff() {}

    /**
     * Changes that lead from {@code before} to {@code after}: objects with {@code pointer} and
     * {@code before}, {@code after} or both.
     */
    static JsonValue.Array between(JsonValue before, JsonValue after) {
        JsonDiff diff = new JsonDiff();
        diff.compare("", Optional.of(before), Optional.of(after));
        return new JsonValue.Array(diff.changes);
    }

    private void compare(String pointer, Optional<JsonValue> before, Optional<JsonValue> after) {
        if (before.equals(after)) {
            return;
        }
        if (before.orElse(null) instanceof JsonObject one
                && after.orElse(null) instanceof JsonObject other) {
            compareObjects(pointer, one, other);
        } else if (before.orElse(null) instanceof JsonValue.Array one
                && after.orElse(null) instanceof JsonValue.Array other) {
            compareArrays(pointer, one.values(), other.values());
        } else {
            var change = JsonObject.builder().put("pointer", pointer);
            before.ifPresent(value -> change.put("before", value));
            after.ifPresent(value -> change.put("after", value));
            changes.add(change.build());
        }
    }

    private void compareObjects(String pointer, JsonObject before, JsonObject after) {
        var keys = new TreeSet<>(before.keys());
        keys.addAll(after.keys());
        keys.forEach(key -> compare(pointer + "/" + key, before.find(key), after.find(key)));
    }

    private void compareArrays(String pointer, List<JsonValue> before, List<JsonValue> after) {
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            compare(pointer + "/" + i, at(before, i), at(after, i));
        }
    }

    private static Optional<JsonValue> at(List<JsonValue> values, int place) {
        return place < values.size() ? Optional.of(values.get(place)) : Optional.empty();
    }
}
