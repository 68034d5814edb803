// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import dev.assent.audit.Report.Asked;
import dev.assent.audit.Report.Policy;
import dev.assent.audit.Report.Shown;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads of an artefact what visitors were shown. */
final class PolicyWords {
    /** Languages of a version whose words are in the report; the others are in the artefact. */
    private static final int MAX_LANGUAGES = 6;

    // As the widget decides it.
    private static final Set<String> RIGHT_TO_LEFT =
            Set.of("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi");

    private final JsonObject artefact;

    PolicyWords(JsonObject artefact) {
        this.artefact = artefact;
    }

    /**
     * What the report says of this version.
     *
     * @param index of its entry in the log
     */
    Policy policy(long index, Tally.Version counted) {
        try {
            return read(index, counted);
        } catch (JsonException e) {
            throw new IllegalStateException("a stored artefact cannot be read", e);
        }
    }

    /** The lines that name the controller (GDPR article 4 (7)), as far as there are any. */
    List<String> controller() {
        return Stream.of("name", "address", "contact")
                .map(key -> find(artefact, "controller", key))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether the purpose is always on under this version, so that nobody is asked for it. */
    boolean requires(String id) {
        try {
            for (JsonValue value : artefact.array("purposes")) {
                JsonObject purpose = (JsonObject) value;
                if (purpose.text("id").equals(id)) {
                    return purpose.bool("required");
                }
            }
            return false;
        } catch (JsonException e) {
            throw new IllegalStateException("a stored artefact cannot be read", e);
        }
    }

    private Policy read(long index, Tally.Version counted) throws JsonException {
        List<Shown> shown = new ArrayList<>();
        List<Map.Entry<String, Long>> languages =
                counted.languages().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                        .toList();
        for (Map.Entry<String, Long> language : languages.stream().limit(MAX_LANGUAGES).toList()) {
            shown.add(shown(language.getKey(), language.getValue()));
        }
        return new Policy(
                artefact.integer("version"),
                counted.sha256(),
                index,
                Instant.parse(artefact.text("publishedAt")),
                artefact.text("reason"),
                artefact.bool("material"),
                counted.records(),
                counted.first(),
                counted.last(),
                shown,
                Math.max(0, languages.size() - MAX_LANGUAGES));
    }

    private Shown shown(String language, long records) throws JsonException {
        JsonObject texts = artefact.object("texts", language);
        String first = language.split("-", 2)[0].toLowerCase(Locale.ROOT);
        return new Shown(
                language,
                RIGHT_TO_LEFT.contains(first) ? "rtl" : "ltr",
                records,
                filled(texts, "title"),
                filled(texts, "body"),
                Stream.of("acceptAll", "rejectAll", "choose")
                        .map(key -> filled(texts, key))
                        .filter(words -> !words.isEmpty())
                        .toList(),
                asked(texts));
    }

    private List<Asked> asked(JsonObject texts) throws JsonException {
        List<Asked> asked = new ArrayList<>();
        for (JsonValue value : artefact.array("purposes")) {
            JsonObject purpose = (JsonObject) value;
            String id = purpose.text("id");
            asked.add(
                    new Asked(
                            id,
                            find(texts, "purposes", id, "name").orElse(id),
                            find(texts, "purposes", id, "description").orElse(""),
                            purpose.bool("required")));
        }
        return asked;
    }

    /** A text with the controller's name where it belongs, as the widget fills it in. */
    private String filled(JsonObject texts, String key) {
        String name = find(artefact, "controller", "name").orElse("[the site’s address]");
        return find(texts, key).map(text -> text.replace("{controller}", name)).orElse("");
    }

    private static Optional<String> find(JsonObject object, String... path) {
        return object.find(path)
                .filter(JsonValue.Text.class::isInstance)
                .map(value -> ((JsonValue.Text) value).value());
    }
}
