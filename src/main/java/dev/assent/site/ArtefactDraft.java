// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * A draft that says what an artefact says, so that it could be published again. What was built in
 * when it was published, and still is, stays to be built in.
 */
final class ArtefactDraft {
    private static final List<String> SETTINGS =
            List.of(
                    "controller",
                    "privacyPolicyUrl",
                    "defaultLanguage",
                    "lifetime",
                    "ruleset",
                    "reloadOnWithdrawal",
                    "googleConsentMode",
                    "microsoftConsentMode",
                    "matomo",
                    "countShown",
                    "sampleUndeclared",
                    "appearance");
    private static final List<String> OF_A_PURPOSE =
            List.of("id", "required", "dpv", "signals", "hosts", "saleOrShare", "trackers");

    private ArtefactDraft() {}

    static JsonObject of(JsonObject artefact) {
        var draft = JsonObject.builder();
        copy(SETTINGS, artefact, draft);
        List<JsonValue> purposes =
                Words.objects(artefact, "purposes").map(ArtefactDraft::purpose).toList();
        return draft.put("purposes", new JsonValue.Array(purposes))
                .put("texts", texts(artefact))
                .build();
    }

    /** Without what only publishing says of it, such as since when it has been asked. */
    private static JsonValue purpose(JsonObject published) {
        var purpose = JsonObject.builder();
        copy(OF_A_PURPOSE, published, purpose);
        return purpose.build();
    }

    private static JsonObject texts(JsonObject artefact) {
        JsonObject published = child(artefact, "texts");
        JsonObject usual = child(published, Words.text(artefact, "defaultLanguage"));
        var texts = JsonObject.builder();
        published
                .members()
                .forEach((language, said) ->
                        texts.put(language, own((JsonObject) said, given(language, usual))));
        return texts.build();
    }

    /** What a language says where its owner writes nothing. */
    private static JsonObject given(String language, JsonObject usual) {
        return Texts.builtIn(language).orElseGet(() -> Texts.withoutNeeded(usual));
    }

    /** What is said otherwise. */
    private static JsonObject own(JsonObject said, JsonObject builtIn) {
        var own = JsonObject.builder();
        said.members()
                .forEach((key, text) -> {
                    Optional<JsonValue> known = builtIn.find(key);
                    if (text instanceof JsonObject inner) {
                        JsonObject rest = own(inner, child(builtIn, key));
                        if (!rest.keys().isEmpty()) {
                            own.put(key, rest);
                        }
                    } else if (known.isEmpty() || !known.get().equals(text)) {
                        own.put(key, text);
                    }
                });
        return own.build();
    }

    private static JsonObject child(JsonObject object, String key) {
        return object.find(key)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElse(JsonObject.empty());
    }

    private static void copy(List<String> keys, JsonObject from, JsonObject.Builder to) {
        keys.forEach(key -> from.find(key).ifPresent(value -> to.put(key, value)));
    }
}
