// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.site.PolicyTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What visitors would be told and asked, read from the very document that would be published: for
 * whoever is about to publish it.
 *
 * @param controller the lines that name who asks; empty where nobody is named
 * @param contact where people can write to; empty where that is not said
 * @param privacyPolicy its address; empty where there is none
 * @param languages in English, the default one first
 * @param lifetime how long a choice holds, in English
 * @param purposes in the order shown
 * @param told whose tags are told of each choice
 */
public record LastLook(
        List<String> controller,
        String contact,
        String privacyPolicy,
        List<String> languages,
        String lifetime,
        List<Asked> purposes,
        List<String> told) {

    /**
     * A purpose in the words of the default language.
     *
     * @param required whether it is always on, so that nobody is asked
     * @param hosts from which nothing is loaded before it is allowed
     */
    public record Asked(
            String id,
            String name,
            String description,
            boolean required,
            List<Declared> trackers,
            List<String> hosts) {}

    /**
     * A tracker.
     *
     * @param name with an ellipsis where it is the beginning of one
     * @param about such as {@code cookie, Google, 2 years}
     */
    public record Declared(String name, String about) {}

    static LastLook of(JsonObject document) {
        String usual = text(document, "defaultLanguage");
        Stream<String> others =
                object(document, "texts").keys().stream().filter(it -> !it.equals(usual));
        return new LastLook(
                Stream.of("name", "address")
                        .map(key -> text(document, "controller", key))
                        .filter(line -> !line.isEmpty())
                        .toList(),
                text(document, "controller", "contact"),
                text(document, "privacyPolicyUrl"),
                Stream.concat(Stream.of(usual), others).map(PolicyTexts::languageName).toList(),
                PolicyTexts.period(text(document, "lifetime")),
                objects(document, "purposes").map(it -> asked(document, usual, it)).toList(),
                told(document));
    }

    public String languagesInLine() {
        return String.join(", ", languages);
    }

    private static Asked asked(JsonObject document, String language, JsonObject purpose) {
        String id = text(purpose, "id");
        return new Asked(
                id,
                text(document, "texts", language, "purposes", id, "name"),
                text(document, "texts", language, "purposes", id, "description"),
                isOn(purpose, "required"),
                objects(purpose, "trackers").map(LastLook::declared).toList(),
                values(purpose, "hosts").map(host -> ((JsonValue.Text) host).value()).toList());
    }

    private static Declared declared(JsonObject tracker) {
        List<String> about = new ArrayList<>();
        about.add(PolicyPage.type(text(tracker, "type")));
        about.add(text(tracker, "provider"));
        String lifetime = text(tracker, "lifetime");
        about.add(
                lifetime.equals("session")
                        ? "until the browser is closed"
                        : PolicyTexts.period(lifetime));
        about.removeIf(String::isEmpty);
        String rest = text(tracker, "match").equals("prefix") ? "…" : "";
        return new Declared(text(tracker, "name") + rest, String.join(", ", about));
    }

    private static List<String> told(JsonObject document) {
        List<String> told = new ArrayList<>();
        if (isOn(document, "googleConsentMode")) {
            told.add("Google");
        }
        if (isOn(document, "microsoftConsentMode")) {
            told.add("Microsoft");
        }
        if (isOn(document, "matomo")) {
            told.add("Matomo");
        }
        return told;
    }

    private static boolean isOn(JsonObject object, String key) {
        return object.find(key).filter(new JsonValue.Bool(true)::equals).isPresent();
    }

    private static JsonObject object(JsonObject object, String key) {
        return object.find(key).map(JsonObject.class::cast).orElse(JsonObject.empty());
    }

    private static Stream<JsonObject> objects(JsonObject object, String key) {
        return values(object, key).map(JsonObject.class::cast);
    }

    private static Stream<JsonValue> values(JsonObject object, String key) {
        return object.find(key).stream()
                .flatMap(list -> ((JsonValue.Array) list).values().stream());
    }

    private static String text(JsonObject object, String... path) {
        return object.find(path).map(value -> ((JsonValue.Text) value).value()).orElse("");
    }
}
