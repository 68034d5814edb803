// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy version declares under each purpose, in the words of one language.
 *
 * @param version whose declaration this is
 * @param language BCP 47, one that the version is offered in
 * @param direction {@code ltr} or {@code rtl}
 */
record Declaration(
        int version,
        String language,
        String direction,
        Headings headings,
        List<Declared> purposes) {

    Declaration {
        purposes = List.copyOf(purposes);
    }

    /**
     * The words above the columns, and where something is always so.
     *
     * @param trackers has {@code {count}} in it
     */
    record Headings(
            String trackers,
            String name,
            String kind,
            String lifetime,
            String provider,
            String thirdParty,
            String required) {}

    /** A purpose with its trackers. */
    record Declared(
            String id, String name, String description, boolean required, List<Row> trackers) {

        Declared {
            trackers = List.copyOf(trackers);
        }
    }

    /**
     * A tracker.
     *
     * @param kind its type in words
     * @param provider who sets or reads it; absent where nobody is named at all
     * @param lifetime in words; absent: not said
     */
    record Row(Tracker tracker, String kind, @Nullable String provider, @Nullable String lifetime) {

        /** The name, with a star where it is the beginning of one. */
        String name() {
            boolean starred = !tracker.match().equals("prefix") || tracker.name().endsWith("*");
            return starred ? tracker.name() : tracker.name() + "*";
        }
    }

    /**
     * The declaration of a version.
     *
     * @param artefact the document of {@code policy}
     * @param wanted a language, well-formed or not
     */
    static Declaration of(PolicyVersion policy, JsonObject artefact, String wanted) {
        try {
            JsonObject all = artefact.object("texts");
            String language =
                    Languages.nearest(all.keys(), artefact.text("defaultLanguage"), wanted);
            JsonObject texts = all.object(language);
            JsonObject details = Texts.details(texts);
            List<Declared> purposes = new ArrayList<>();
            for (Purpose purpose : policy.purposes()) {
                purposes.add(
                        new Declared(
                                purpose.id(),
                                texts.text("purposes", purpose.id(), "name"),
                                texts.text("purposes", purpose.id(), "description"),
                                purpose.required(),
                                rows(purpose, artefact, details, language)));
            }
            String direction = Languages.direction(language);
            return new Declaration(
                    policy.version(), language, direction, headings(texts, details), purposes);
        } catch (JsonException e) {
            throw new IllegalStateException("an artefact is damaged", e);
        }
    }

    private static Headings headings(JsonObject texts, JsonObject details) throws JsonException {
        return new Headings(
                details.text("trackers"),
                details.text("trackerName"),
                details.text("trackerType"),
                details.text("trackerLifetime"),
                provider(details),
                details.text("thirdParty"),
                texts.text("alwaysOn"));
    }

    /** Versions from before there was a word for it have one that is near. */
    private static String provider(JsonObject details) throws JsonException {
        return details.text(
                details.find("trackerProvider").isPresent() ? "trackerProvider" : "responsible");
    }

    private static List<Row> rows(
            Purpose purpose, JsonObject artefact, JsonObject details, String language)
            throws JsonException {
        String controller =
                artefact.find("controller", "name")
                        .map(name -> ((JsonValue.Text) name).value())
                        .orElse(null);
        List<Row> rows = new ArrayList<>();
        for (Tracker tracker : purpose.trackers()) {
            String lifetime = tracker.lifetime();
            rows.add(
                    new Row(
                            tracker,
                            details.text("types", tracker.type()),
                            tracker.provider() == null ? controller : tracker.provider(),
                            Tracker.SESSION.equals(lifetime)
                                    ? details.text("untilClosed")
                                    : lifetime == null
                                            ? null
                                            : LifetimeWords.of(lifetime, language)));
        }
        return rows;
    }
}
