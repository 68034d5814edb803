// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.web.PublicUrl;
import dev.assent.web.Timestamps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A record in the words of the Data Privacy Vocabulary, as ISO/IEC TS 27560 structures consent
 * records: JSON-LD, its context inside, an array with one {@code dpv:ConsentRecord} for each
 * purpose that was asked for, because each was answered by itself. A purpose that is required was
 * not asked for and has none.
 *
 * <p>Says what record and artefact say and nothing else: which kinds of personal data a tracker
 * holds, the jurisdiction and the applicable law are not in them and are left out, so it does not
 * claim to conform to the profile of ISO/IEC TS 27560, which demands them. What is refused by
 * withdrawing is {@code dpv:ConsentWithdrawn}; what is switched off otherwise is {@code
 * dpv:ConsentRefused}, as a record does not say what held before it.
 *
 * @see <a href="https://w3id.org/dpv/guides/consent-27560">Consent Records and Receipts as per
 *     ISO/IEC TS 27560:2023 using DPV</a>, §9
 */
final class DpvRecord {
    private static final Map<String, String> CONTEXT =
            Map.of(
                    "dpv", "https://w3id.org/dpv#",
                    "dct", "http://purl.org/dc/terms/",
                    "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
                    "skos", "http://www.w3.org/2004/02/skos/core#",
                    "xsd", "http://www.w3.org/2001/XMLSchema#");

    private final ConsentRecord record;
    private final JsonObject content;
    private final JsonObject artefact;
    private final PublicUrl url;
    private final String action;
    private final String language;

    private DpvRecord(ConsentRecord record, JsonObject artefact, PublicUrl url)
            throws JsonException {
        this.record = record;
        this.content = record.content();
        this.artefact = artefact;
        this.url = url;
        this.action = content.text("action");
        this.language = content.text("language");
    }

    /**
     * Derives the view.
     *
     * @param artefact that the record names
     * @throws IllegalStateException if record and artefact do not belong together
     */
    static List<Map<String, Object>> of(ConsentRecord record, JsonObject artefact, PublicUrl url) {
        try {
            return new DpvRecord(record, artefact, url).records();
        } catch (JsonException e) {
            throw new IllegalStateException(record + " and its artefact do not fit", e);
        }
    }

    private List<Map<String, Object>> records() throws JsonException {
        List<Map<String, Object>> records = new ArrayList<>();
        for (JsonValue value : artefact.array("purposes")) {
            JsonObject purpose = (JsonObject) value;
            if (!purpose.bool("required")) {
                records.add(record(purpose));
            }
        }
        return records;
    }

    private Map<String, Object> record(JsonObject purpose) throws JsonException {
        String path = "/v1/consents/" + record.id();
        String fragment = "#" + purpose.text("id");
        var node = node("@context", CONTEXT);
        node.put("@id", url.of(path + fragment));
        node.put("@type", "dpv:ConsentRecord");
        node.put("dct:identifier", record.id() + fragment);
        node.put("dct:source", reference(url.of(path)));
        node.put("dct:provenance", reference(url.of(path + "/receipt")));
        node.put("dct:created", time(Timestamps.format(record.recordedAt())));
        node.put(
                "dpv:hasDataSubject",
                typed("dpv:DataSubject", "dct:identifier", content.text("subject")));
        node.put("dpv:hasDataController", controller());
        node.put("dpv:hasNotice", notices());
        node.put("dpv:hasProcess", List.of(DpvProcess.of(purpose, texts(purpose))));
        node.put("dpv:hasConsentStatus", status(content.bool("choices", purpose.text("id"))));
        node.put("dpv:hasConsentControl", control());
        return node;
    }

    private Map<String, Object> controller() {
        var controller = node("@type", "dpv:DataController");
        putText(controller, "dpv:hasName", artefact, "controller", "name");
        putText(controller, "dpv:hasAddress", artefact, "controller", "address");
        putText(controller, "dpv:hasContact", artefact, "controller", "contact");
        return controller;
    }

    private List<Map<String, Object>> notices() throws JsonException {
        List<Map<String, Object>> notices = new ArrayList<>();
        var shown = node("@id", url.of(record.artefactPath()));
        shown.put("@type", "dpv:ConsentNotice");
        shown.put("dct:identifier", "sha256:" + content.text("policy", "sha256"));
        shown.put("dct:title", "Policy version " + content.integer("policy", "version"));
        shown.put("dct:language", language);
        shown.put("dct:issued", time(artefact.text("publishedAt")));
        notices.add(shown);
        text(artefact, "privacyPolicyUrl")
                .ifPresent(policy -> {
                    var notice = node("@id", policy);
                    notice.put("@type", "dpv:PrivacyNotice");
                    notices.add(notice);
                });
        return notices;
    }

    private Map<String, Object> status(boolean granted) throws JsonException {
        String refused = action.equals("withdraw") ? "dpv:ConsentWithdrawn" : "dpv:ConsentRefused";
        var status = node("@type", granted ? "dpv:ConsentGiven" : refused);
        status.put("dpv:isIndicatedBy", reference("dpv:DataSubject"));
        status.put("dpv:isIndicatedAtTime", time(content.text("occurredAt")));
        status.put("dpv:hasIndicationMethod", method());
        status.put(
                "dpv:hasDuration",
                typed(
                        "dpv:UntilTimeDuration",
                        "rdf:value",
                        time(Timestamps.format(record.expiresAt()))));
        return status;
    }

    /** What was done, and where. */
    private String method() throws JsonException {
        String deed =
                switch (action) {
                    case "accept_all" -> "Accepted every purpose at once";
                    case "reject_all" -> "Refused every purpose that is not required, at once";
                    case "save" -> "Chose purpose by purpose and saved";
                    case "withdraw" -> "Withdrew every purpose that is not required";
                    default -> "Sent the browser's Global Privacy Control signal";
                };
        String place =
                switch (content.text("source")) {
                    case "banner" -> " on the banner";
                    case "preferences" -> " in the preferences";
                    case "api" -> " through a control of the site's own";
                    default -> "";
                };
        String layout = content.text("layout");
        return deed + place + (layout.equals("none") ? "" : ", " + layout + " layout");
    }

    private Map<String, Object> control() {
        var control = node("@type", List.of("dpv:ProvideConsent", "dpv:WithdrawConsent"));
        control.put("dct:description", "The preferences, which the site's pages open again");
        return control;
    }

    private JsonObject texts(JsonObject purpose) throws JsonException {
        return artefact.find("texts", language, "purposes", purpose.text("id"))
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElseGet(JsonObject::empty);
    }

    static LinkedHashMap<String, Object> node(String key, Object value) {
        var node = new LinkedHashMap<String, Object>();
        node.put(key, value);
        return node;
    }

    static LinkedHashMap<String, Object> typed(String type, String key, Object value) {
        var node = node("@type", type);
        node.put(key, value);
        return node;
    }

    static Map<String, Object> reference(String id) {
        return node("@id", id);
    }

    static void putText(Map<String, Object> node, String term, JsonObject from, String... path) {
        text(from, path).ifPresent(text -> node.put(term, text));
    }

    private static Map<String, Object> time(String instant) {
        return typed("xsd:dateTime", "@value", instant);
    }

    private static Optional<String> text(JsonObject from, String... path) {
        return from.find(path)
                .filter(JsonValue.Text.class::isInstance)
                .map(value -> ((JsonValue.Text) value).value());
    }
}
