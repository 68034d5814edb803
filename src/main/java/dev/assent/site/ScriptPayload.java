// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a script carries of a policy: the artefact without what only an auditor asks for, and
 * without what the widget fetches with the artefact itself when a visitor wants to know more. What
 * is false or empty is left out.
 */
final class ScriptPayload {
    /** As they stand in the artefact, where they do. */
    private static final List<String> COPIED =
            List.of(
                    "site",
                    "version",
                    "cookieDomain",
                    "privacyPolicyUrl",
                    "reloadOnWithdrawal",
                    "googleConsentMode",
                    "microsoftConsentMode",
                    "matomo",
                    Counting.SHOWN,
                    Counting.UNDECLARED,
                    "defaultLanguage");

    private static final List<String> OF_A_CONTROLLER = List.of("name");
    private static final List<String> OF_A_PURPOSE = List.of("id", "required", "hosts");
    private static final List<String> OF_A_TRACKER = List.of("name", "type", "match", "domain");

    /** Whose tags are told what is granted, by signals; nobody else reads those. */
    private static final List<String> TELLING =
            List.of("googleConsentMode", "microsoftConsentMode", "matomo");

    /** What the widget takes for granted where nothing is said: {@code widget/src/types.ts}. */
    private static final Map<String, JsonValue> DEFAULTS =
            Map.of(
                    "match", new JsonValue.Text("exact"),
                    "position", new JsonValue.Text("bottom"),
                    "accent", new JsonValue.Text("#0f4c5c"),
                    "radius", new JsonValue.Int(8),
                    "reopen", new JsonValue.Text("floating"));

    private static final List<String> OF_THE_APPEARANCE =
            List.of("position", "accent", "radius", "reopen");

    /** Nothing that a browser could take away when consent is withdrawn. */
    private static final Set<String> NOT_KEPT = Set.of("script", "pixel");

    private ScriptPayload() {}

    /**
     * A JSON object, UTF-8, without {@code <}: no text in it can end a script element or begin a
     * comment wherever the script is put.
     *
     * @param sha256 of the artefact's canonical bytes
     */
    static byte[] of(JsonObject artefact, Hash sha256) {
        try {
            return bytes(trimmed(artefact, sha256));
        } catch (JsonException e) {
            throw new IllegalStateException("an artefact is damaged", e);
        }
    }

    /** A payload as it stands in a script. */
    static byte[] bytes(JsonObject payload) {
        return CanonicalJson.writeText(payload).replace("<", "\\u003c").getBytes(UTF_8);
    }

    private static JsonObject trimmed(JsonObject artefact, Hash sha256) throws JsonException {
        var payload =
                copy(artefact, COPIED)
                        .put("sha256", sha256.hex())
                        .put("asks", asks(artefact))
                        .put("maxAgeSeconds", maxAgeSeconds(artefact))
                        .put(
                                "purposes",
                                each(artefact, "purposes", purpose -> purpose(purpose, artefact)))
                        .put("texts", texts(artefact.object("texts")));
        part(artefact, "controller", OF_A_CONTROLLER, payload);
        part(artefact, "appearance", OF_THE_APPEARANCE, payload);
        return payload.build();
    }

    /** 0 where nothing can be chosen: such a site tells what it uses, and asks nobody. */
    private static long asks(JsonObject artefact) throws JsonException {
        for (JsonValue purpose : artefact.array("purposes")) {
            if (!isTrue((JsonObject) purpose, "required")) {
                return artefact.integer("asks");
            }
        }
        return 0;
    }

    /** The shortest that the lifetime can be, so that no cookie outlives its record. */
    private static long maxAgeSeconds(JsonObject artefact) throws JsonException {
        Period lifetime = Period.parse(artefact.text("lifetime"));
        return Duration.ofDays(Periods.shortestDays(lifetime)).toSeconds();
    }

    private static void part(
            JsonObject artefact, String key, List<String> keys, JsonObject.Builder payload) {
        artefact.find(key)
                .map(whole -> copy((JsonObject) whole, keys).build())
                .filter(part -> !part.keys().isEmpty())
                .ifPresent(part -> payload.put(key, part));
    }

    private static JsonObject purpose(JsonObject purpose, JsonObject artefact) {
        var copy = copy(purpose, OF_A_PURPOSE);
        if (TELLING.stream().anyMatch(tags -> isTrue(artefact, tags))) {
            purpose.find("signals").ifPresent(signals -> copy.put("signals", signals));
        }
        purpose.find("since")
                .filter(since -> !artefact.find("asks").equals(Optional.of(since)))
                .ifPresent(since -> copy.put("since", since));
        if (isTrue(purpose, "saleOrShare")) {
            copy.put("sale", true);
        }
        JsonValue.Array trackers = each(purpose, "trackers", ScriptPayload::tracker);
        if (!trackers.values().isEmpty()) {
            copy.put("trackers", trackers);
        }
        return copy.build();
    }

    /** Empty for one that is left out. */
    private static JsonObject tracker(JsonObject tracker) {
        boolean kept = tracker.find("type").filter(type -> !isOneOf(NOT_KEPT, type)).isPresent();
        return kept ? copy(tracker, OF_A_TRACKER).build() : JsonObject.empty();
    }

    private static JsonObject texts(JsonObject texts) {
        var copy = JsonObject.builder();
        texts.members().forEach((language, text) -> copy.put(language, speech((JsonObject) text)));
        return copy.build();
    }

    /** What is said in one language. */
    private static JsonObject speech(JsonObject texts) {
        return copy(texts, texts.keys().stream().filter(key -> !key.equals(Texts.DETAILS)).toList())
                .build();
    }

    /** The objects of an array, each made smaller; those that come out empty are left out. */
    private static JsonValue.Array each(
            JsonObject from, String key, UnaryOperator<JsonObject> smaller) {
        return new JsonValue.Array(
                from.find(key).map(JsonValue.Array.class::cast).stream()
                        .flatMap(array -> array.values().stream())
                        .map(value -> smaller.apply((JsonObject) value))
                        .filter(object -> !object.keys().isEmpty())
                        .map(JsonValue.class::cast)
                        .toList());
    }

    private static JsonObject.Builder copy(JsonObject from, List<String> keys) {
        var to = JsonObject.builder();
        for (String key : keys) {
            from.find(key)
                    .filter(value -> !isFalseOrEmpty(value) && !value.equals(DEFAULTS.get(key)))
                    .ifPresent(value -> to.put(key, value));
        }
        return to;
    }

    private static boolean isFalseOrEmpty(JsonValue value) {
        return value.equals(new JsonValue.Bool(false))
                || value.equals(new JsonValue.Array(List.of()));
    }

    private static boolean isTrue(JsonObject object, String key) {
        return object.find(key).filter(new JsonValue.Bool(true)::equals).isPresent();
    }

    private static boolean isOneOf(Set<String> words, JsonValue value) {
        return value instanceof JsonValue.Text text && words.contains(text.value());
    }
}
