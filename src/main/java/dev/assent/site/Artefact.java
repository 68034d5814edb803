// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.web.Timestamps;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The canonical document of a policy version: all that a visitor could have been shown, and what
 * ran (formats §3). Whoever holds it can make the script's payload again, byte for byte.
 */
final class Artefact {
    private Artefact() {}

    /**
     * What makes a draft a version.
     *
     * @param asks the newest material version up to this one; who answered an older one is asked
     *     again
     * @param widget SHA-256 of the widget's core
     * @param announceDays days before {@code effectiveAt} from which visitors are told, 1 to 90
     */
    record Edition(
            int version,
            int asks,
            boolean material,
            String reason,
            Hash widget,
            Instant publishedAt,
            Instant effectiveAt,
            @Nullable Integer announceDays) {

        /** The same with another core of the widget. */
        Edition with(Hash core) {
            return new Edition(
                    version, asks, material, reason, core, publishedAt, effectiveAt, announceDays);
        }
    }

    /**
     * The document of a new version.
     *
     * @param before the artefact that the draft's purposes are compared with: of the newest
     *     material version if this one is material, else of the newest; absent for the first
     */
    static JsonObject compose(
            Site site, PolicyDraft draft, Edition edition, @Nullable JsonObject before) {
        var artefact =
                JsonObject.builder()
                        .put("v", 1)
                        .put("site", site.siteKey())
                        .put("version", edition.version())
                        .put("asks", edition.asks())
                        .put("material", edition.material())
                        .put("reason", edition.reason())
                        .put("widget", edition.widget().hex())
                        .put("publishedAt", Timestamps.format(edition.publishedAt()))
                        .put("effectiveAt", Timestamps.format(edition.effectiveAt()))
                        .put("lifetime", draft.lifetime().toString())
                        .put("ruleset", draft.ruleset())
                        .put("defaultLanguage", draft.defaultLanguage())
                        .put("reloadOnWithdrawal", draft.reloadOnWithdrawal())
                        .put("appearance", draft.appearance().json());
        draft.signals().put(artefact);
        draft.counting().put(artefact);
        if (edition.announceDays() != null) {
            artefact.put("announceDays", edition.announceDays());
        }
        put(artefact, "cookieDomain", site.cookieDomain());
        put(artefact, "privacyPolicyUrl", draft.privacyPolicyUrl());
        if (draft.controller() != null) {
            artefact.put("controller", draft.controller());
        }
        var texts = JsonObject.builder();
        draft.texts().forEach(texts::put);
        List<JsonObject> purposes = draft.purposes().stream().map(Artefact::json).toList();
        PurposeAges ages = new PurposeAges(edition, texts.build(), before);
        return artefact.put("purposes", ages.of(purposes)).put("texts", texts.build()).build();
    }

    /**
     * Reads an artefact.
     *
     * @throws IllegalStateException if the stored document is not what was written
     */
    static JsonObject parse(byte[] document) {
        try {
            return CanonicalJson.parseObject(document, CanonicalJson.MAX_ARTEFACT_BYTES);
        } catch (JsonException e) {
            throw new IllegalStateException("an artefact is damaged", e);
        }
    }

    /**
     * The version that {@code document} is of.
     *
     * @throws IllegalStateException if the stored document is not what was written
     */
    static PolicyVersion read(String siteKey, PolicyRow row, byte[] document) {
        try {
            JsonObject policy = parse(document);
            return new PolicyVersion(
                    row.siteId(),
                    siteKey,
                    row.version(),
                    row.sha256(),
                    purposes(policy),
                    Counting.of(policy),
                    policy.object("texts").keys(),
                    Period.parse(policy.text("lifetime")),
                    policy.text("ruleset"),
                    row.material(),
                    row.reason(),
                    row.publishedAt(),
                    row.effectiveAt());
        } catch (JsonException e) {
            throw new IllegalStateException("cannot read artefact " + row.sha256(), e);
        }
    }

    private static JsonObject json(Purpose purpose) {
        var json =
                JsonObject.builder()
                        .put("id", purpose.id())
                        .put("required", purpose.required())
                        .put("saleOrShare", purpose.saleOrShare());
        put(json, "dpv", purpose.dpv());
        put(json, "signals", purpose.signals());
        put(json, "hosts", purpose.hosts());
        return json.put(
                        "trackers",
                        new JsonValue.Array(
                                purpose.trackers().stream().map(Artefact::json).toList()))
                .build();
    }

    private static JsonValue json(Tracker tracker) {
        var json =
                JsonObject.builder()
                        .put("name", tracker.name())
                        .put("type", tracker.type())
                        .put("match", tracker.match())
                        .put("thirdParty", tracker.thirdParty());
        put(json, "provider", tracker.provider());
        put(json, "domain", tracker.domain());
        put(json, "lifetime", tracker.lifetime());
        return json.build();
    }

    private static void put(JsonObject.Builder json, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            json.put(
                    key,
                    new JsonValue.Array(
                            texts.stream()
                                    .map(text -> (JsonValue) new JsonValue.Text(text))
                                    .toList()));
        }
    }

    private static void put(JsonObject.Builder json, String key, @Nullable String text) {
        if (text != null) {
            json.put(key, text);
        }
    }

    private static List<Purpose> purposes(JsonObject policy) throws JsonException {
        List<Purpose> purposes = new ArrayList<>();
        for (JsonValue value : policy.array("purposes")) {
            JsonObject purpose = (JsonObject) value;
            purposes.add(
                    new Purpose(
                            purpose.text("id"),
                            purpose.bool("required"),
                            textOrNull(purpose, "dpv"),
                            texts(purpose, "signals"),
                            texts(purpose, "hosts"),
                            purpose.find("saleOrShare").isPresent() && purpose.bool("saleOrShare"),
                            trackers(purpose)));
        }
        return purposes;
    }

    private static List<String> texts(JsonObject purpose, String key) throws JsonException {
        List<String> texts = new ArrayList<>();
        if (purpose.find(key).isPresent()) {
            for (JsonValue text : purpose.array(key)) {
                texts.add(((JsonValue.Text) text).value());
            }
        }
        return texts;
    }

    private static List<Tracker> trackers(JsonObject purpose) throws JsonException {
        List<Tracker> trackers = new ArrayList<>();
        for (JsonValue value : purpose.array("trackers")) {
            JsonObject tracker = (JsonObject) value;
            trackers.add(
                    new Tracker(
                            tracker.text("name"),
                            tracker.text("type"),
                            textOrNull(tracker, "provider"),
                            textOrNull(tracker, "domain"),
                            textOrNull(tracker, "lifetime"),
                            tracker.text("match"),
                            tracker.bool("thirdParty")));
        }
        return trackers;
    }

    private static @Nullable String textOrNull(JsonObject object, String key) throws JsonException {
        return object.find(key).isPresent() ? object.text(key) : null;
    }
}
