// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Since which version each purpose of a new version is what it is. Who chose under an older one has
 * not answered it as it is now; where a purpose is as it was, the answer holds on while the others
 * are asked.
 */
final class PurposeAges {
    /** What of a purpose a visitor agrees to, beside its name and description. */
    private static final List<String> AGREED =
            List.of("required", "dpv", "signals", "hosts", "trackers");

    private static final String PURPOSES = "purposes";
    private static final String TEXTS = "texts";

    private final Artefact.Edition edition;
    private final JsonObject texts;
    private final JsonObject before;

    /**
     * @param texts of the new version, by language
     * @param before the artefact to compare with, see {@link Artefact#compose}
     */
    PurposeAges(Artefact.Edition edition, JsonObject texts, @Nullable JsonObject before) {
        this.edition = edition;
        this.texts = texts;
        this.before = before == null ? JsonObject.empty() : before;
    }

    /** The purposes with {@code since}. */
    JsonValue.Array of(List<JsonObject> purposes) {
        boolean asks = purposes.stream().anyMatch(purpose -> since(purpose) == edition.version());
        // Whoever is asked again is asked about something: where nothing stands out, about all.
        return edition.material() && !asks
                ? aged(purposes, purpose -> edition.version())
                : aged(purposes, this::since);
    }

    private static JsonValue.Array aged(
            List<JsonObject> purposes, ToLongFunction<JsonObject> since) {
        return new JsonValue.Array(
                purposes.stream()
                        .map(purpose -> {
                            var aged = JsonObject.builder();
                            purpose.members().forEach(aged::put);
                            return (JsonValue)
                                    aged.put("since", since.applyAsLong(purpose)).build();
                        })
                        .toList());
    }

    /** A version that is not material leaves the purposes that it finds as old as they are. */
    private long since(JsonObject purpose) {
        Optional<JsonObject> old = find(id(purpose));
        if (old.isEmpty() || (edition.material() && isChanged(purpose, old.get()))) {
            return edition.version();
        }
        // Documents from before ages were kept say only when all was asked.
        return old.get()
                .find("since")
                .or(() -> before.find("asks"))
                .map(since -> ((JsonValue.Int) since).value())
                .orElse((long) edition.version());
    }

    private Optional<JsonObject> find(String id) {
        return before.find(PURPOSES).map(JsonValue.Array.class::cast).stream()
                .flatMap(purposes -> purposes.values().stream())
                .map(JsonObject.class::cast)
                .filter(purpose -> id(purpose).equals(id))
                .findFirst();
    }

    private boolean isChanged(JsonObject purpose, JsonObject old) {
        return AGREED.stream().anyMatch(key -> !purpose.find(key).equals(old.find(key)))
                || isSaidOtherwise(id(purpose));
    }

    /** In a language that both have; where they share none, nobody can have read it before. */
    private boolean isSaidOtherwise(String id) {
        JsonObject said = before.find(TEXTS).map(JsonObject.class::cast).orElse(JsonObject.empty());
        Set<String> languages = new HashSet<>(said.keys());
        languages.retainAll(texts.keys());
        return languages.isEmpty()
                || languages.stream()
                        .anyMatch(language ->
                                !texts.find(language, PURPOSES, id)
                                        .equals(said.find(language, PURPOSES, id)));
    }

    private static String id(JsonObject purpose) {
        return purpose.find("id").map(id -> ((JsonValue.Text) id).value()).orElse("");
    }
}
