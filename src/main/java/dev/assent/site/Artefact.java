// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;

/**
 * The canonical document of a policy version: all that a visitor could have been shown, and what
 * ran (formats §3).
 */
final class Artefact {
    private Artefact() {}

    /**
     * The version that {@code document} is of.
     *
     * @throws IllegalStateException if the stored document is not what was written
     */
    static PolicyVersion read(String siteKey, PolicyRow row, byte[] document) {
        try {
            JsonObject policy = CanonicalJson.parseObject(document);
            return new PolicyVersion(
                    row.siteId(),
                    siteKey,
                    row.version(),
                    row.sha256(),
                    purposes(policy),
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

    private static List<Purpose> purposes(JsonObject policy) throws JsonException {
        List<Purpose> purposes = new ArrayList<>();
        for (JsonValue value : policy.array("purposes")) {
            JsonObject purpose = (JsonObject) value;
            purposes.add(
                    new Purpose(
                            purpose.text("id"),
                            purpose.bool("required"),
                            textOrNull(purpose, "dpv"),
                            signals(purpose),
                            trackers(purpose)));
        }
        return purposes;
    }

    private static List<String> signals(JsonObject purpose) throws JsonException {
        List<String> signals = new ArrayList<>();
        if (purpose.find("signals").isPresent()) {
            for (JsonValue signal : purpose.array("signals")) {
                signals.add(((JsonValue.Text) signal).value());
            }
        }
        return signals;
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

    private static @org.jspecify.annotations.Nullable String textOrNull(
            JsonObject object, String key) throws JsonException {
        return object.find(key).isPresent() ? object.text(key) : null;
    }
}
