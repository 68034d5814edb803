// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.JsonForm;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every word that a visitor reads. The built-in texts stand in {@code texts/LANGUAGE.json}; what an
 * owner writes comes before them. The English file says which texts there are: flat those that the
 * banner needs, under {@code details} those that are shown only to who asks for more.
 */
final class Texts {
    /** What only the second part of the widget shows. */
    static final String DETAILS = "details";

    private static final String PURPOSES = "purposes";

    /** The owner's words on what a version changed; nobody else could write them. */
    private static final String CHANGES = "changes";

    /** What one must understand to answer, beside the names of the purposes. */
    static final Set<String> NEEDED =
            Set.of("title", "body", "acceptAll", "rejectAll", "choose", "save");

    private static final int MAX_LENGTH = 2000;
    private static final int MAX_NAME_LENGTH = 200;

    /** Languages that go by the texts of another: Norwegian is written in Bokmål by most. */
    private static final Map<String, String> WRITTEN_AS = Map.of("no", "nb");

    private static final Map<String, Optional<JsonObject>> FILES = new ConcurrentHashMap<>();
    private static final JsonObject MODEL = builtIn("en").orElseThrow();

    private Texts() {}

    /**
     * The complete texts in one language. What neither the owner nor the built-in texts have is
     * said as in {@code usual}, so that a text that comes with a later program spoils no policy;
     * but what a visitor must understand to answer is a fault if it is missing.
     *
     * @param owner what the owner wrote in this language
     * @param usual the complete texts of the default language; empty for that language itself
     * @param purposes ids of the policy's purposes
     */
    static JsonObject complete(
            JsonForm owner, String language, JsonObject usual, List<String> purposes) {
        JsonObject builtIn = builtIn(language).orElseGet(() -> withoutNeeded(usual));
        var texts = all(owner, builtIn, MODEL);
        owner.text(CHANGES, MAX_LENGTH).ifPresent(changes -> texts.put(CHANGES, changes));
        JsonForm own = owner.formOrEmpty(PURPOSES);
        return texts.put(PURPOSES, purposes(own, child(builtIn, PURPOSES), purposes)).build();
    }

    /**
     * The texts under {@code details} of a published language, those built in for English where a
     * document from before their time has none.
     */
    static JsonObject details(JsonObject texts) {
        return child(texts.find(DETAILS).isPresent() ? texts : MODEL, DETAILS);
    }

    /** Texts to borrow for another language. */
    static JsonObject withoutNeeded(JsonObject texts) {
        var rest = JsonObject.builder();
        texts.members()
                .forEach((key, text) -> {
                    if (!NEEDED.contains(key) && !key.equals(PURPOSES)) {
                        rest.put(key, text);
                    }
                });
        return rest.build();
    }

    private static JsonObject.Builder all(JsonForm owner, JsonObject builtIn, JsonObject model) {
        var texts = JsonObject.builder();
        model.members()
                .forEach((key, text) -> {
                    if (!(text instanceof JsonObject inner)) {
                        texts.put(key, one(owner, builtIn, key, MAX_LENGTH));
                    } else if (!key.equals(PURPOSES)) {
                        JsonObject known = child(builtIn, key);
                        texts.put(key, all(owner.formOrEmpty(key), known, inner).build());
                    }
                });
        return texts;
    }

    private static JsonObject purposes(JsonForm owner, JsonObject builtIn, List<String> ids) {
        var texts = JsonObject.builder();
        for (String id : ids) {
            JsonForm own = owner.formOrEmpty(id);
            JsonObject known = child(builtIn, id);
            texts.put(
                    id,
                    JsonObject.builder()
                            .put("name", one(own, known, "name", MAX_NAME_LENGTH))
                            .put("description", one(own, known, "description", MAX_LENGTH))
                            .build());
        }
        return texts.build();
    }

    private static String one(JsonForm owner, JsonObject builtIn, String key, int max) {
        if (!owner.has(key) && builtIn.find(key).isPresent()) {
            return ((JsonValue.Text) builtIn.find(key).orElseThrow()).value();
        }
        return owner.requiredText(key, max);
    }

    private static JsonObject child(JsonObject object, String key) {
        return object.find(key).map(JsonObject.class::cast).orElse(JsonObject.empty());
    }

    /** The texts of this language, or of what it is a form of: {@code pt} for {@code pt-BR}. */
    static Optional<JsonObject> builtIn(String language) {
        for (String tag = language; !tag.isEmpty(); tag = Languages.parent(tag)) {
            Optional<JsonObject> file =
                    FILES.computeIfAbsent(WRITTEN_AS.getOrDefault(tag, tag), Texts::read);
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonObject> read(String language) {
        try (InputStream file = Texts.class.getResourceAsStream("texts/" + language + ".json")) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(CanonicalJson.parseObject(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the texts in " + language, e);
        } catch (JsonException e) {
            throw new IllegalStateException("the texts in " + language + " are damaged", e);
        }
    }
}
