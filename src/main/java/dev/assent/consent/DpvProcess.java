// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static dev.assent.consent.DpvRecord.node;
import static dev.assent.consent.DpvRecord.putText;
import static dev.assent.consent.DpvRecord.reference;
import static dev.assent.consent.DpvRecord.typed;

import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A purpose of a policy as a {@code dpv:Process}: the purpose with its concept of the vocabulary,
 * and what its trackers declare.
 */
final class DpvProcess {
    private DpvProcess() {}

    /**
     * Derives the process.
     *
     * @param purpose of the artefact
     * @param texts its name and description as they were shown
     */
    static Map<String, Object> of(JsonObject purpose, JsonObject texts) throws JsonException {
        var process = node("@type", "dpv:Process");
        process.put("dpv:hasPurpose", purpose(purpose, texts));
        process.put("dpv:hasLegalBasis", reference("dpv:Consent"));
        process.put("dpv:hasNecessity", reference("dpv:Optional"));
        List<Map<String, Object>> data = new ArrayList<>();
        List<Map<String, Object>> recipients = new ArrayList<>();
        for (JsonValue value : purpose.array("trackers")) {
            JsonObject tracker = (JsonObject) value;
            data.add(data(tracker));
            var recipient = node("@type", "dpv:Recipient");
            putText(recipient, "dpv:hasName", tracker, "provider");
            if (recipient.size() > 1 && !recipients.contains(recipient)) {
                recipients.add(recipient);
            }
        }
        putSome(process, "dpv:hasPersonalData", data);
        putSome(process, "dpv:hasRecipient", recipients);
        return process;
    }

    private static Map<String, Object> purpose(JsonObject purpose, JsonObject texts)
            throws JsonException {
        var node = typed("dpv:Purpose", "dct:identifier", purpose.text("id"));
        if (purpose.find("dpv").isPresent()) {
            node.put("skos:broader", reference(purpose.text("dpv")));
        }
        putText(node, "dct:title", texts, "name");
        putText(node, "dct:description", texts, "description");
        return node;
    }

    /** What a tracker holds, of whatever kind that is, and how long. */
    private static Map<String, Object> data(JsonObject tracker) throws JsonException {
        var data = typed("dpv:PersonalData", "dct:identifier", tracker.text("name"));
        data.put("dct:description", "Held in a tracker of type " + tracker.text("type"));
        var storage = node("@type", "dpv:StorageDuration");
        putText(storage, "dpv:hasDuration", tracker, "lifetime");
        if (storage.size() > 1) {
            data.put("dpv:hasStorageCondition", storage);
        }
        return data;
    }

    private static void putSome(
            LinkedHashMap<String, Object> node, String term, List<Map<String, Object>> values) {
        if (!values.isEmpty()) {
            node.put(term, values);
        }
    }
}
