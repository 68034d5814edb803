// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What differs in one purpose between two artefacts, in words. */
final class PurposeChanges {
    /** What a tracker says of itself, as people call it. */
    private static final Map<String, String> OF_A_TRACKER = ofATracker();

    private final String name;
    private final JsonObject before;
    private final JsonObject after;
    private final List<PolicyChange> changes = new ArrayList<>();

    private PurposeChanges(String name, JsonObject before, JsonObject after) {
        this.name = name;
        this.before = before;
        this.after = after;
    }

    /**
     * The changes of a purpose that both have.
     *
     * @param name in words
     */
    static List<PolicyChange> between(String name, JsonObject before, JsonObject after) {
        PurposeChanges compared = new PurposeChanges(name, before, after);
        compared.flag("required", "is always on", "is asked for", true);
        compared.flag(
                "saleOrShare",
                "sells or shares data",
                "does not sell or share data any more",
                Words.isTrue(after, "saleOrShare"));
        compared.concept();
        compared.list("signals", "Signal");
        compared.list("hosts", "Held host");
        compared.trackers();
        return compared.changes;
    }

    private static Map<String, String> ofATracker() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("provider", "provider");
        members.put("domain", "domain");
        members.put("lifetime", "lifetime");
        members.put("match", "match");
        members.put("thirdParty", "others can read it");
        return members;
    }

    private void flag(String key, String on, String off, boolean asks) {
        boolean is = Words.isTrue(after, key);
        if (is != Words.isTrue(before, key)) {
            changes.add(PolicyChange.said("Purpose " + name + " now " + (is ? on : off), asks));
        }
    }

    private void concept() {
        String old = Words.text(before, "dpv");
        String now = Words.text(after, "dpv");
        if (!old.equals(now)) {
            changes.add(
                    new PolicyChange(
                            "Concept of " + name + " changed",
                            PolicyTexts.concept(old),
                            PolicyTexts.concept(now),
                            true));
        }
    }

    private void list(String key, String what) {
        List<String> old = Words.texts(before, key);
        List<String> now = Words.texts(after, key);
        now.stream().filter(text -> !old.contains(text)).forEach(text -> added(what, text));
        old.stream().filter(text -> !now.contains(text)).forEach(text -> gone(what, text));
    }

    private void trackers() {
        Map<String, JsonObject> old = trackers(before);
        Map<String, JsonObject> now = trackers(after);
        now.forEach((tracker, declared) -> {
            JsonObject known = old.get(tracker);
            if (known == null) {
                added("Tracker", tracker);
            } else {
                OF_A_TRACKER.forEach(
                        (key, member) -> tracker(tracker, member, key, known, declared));
            }
        });
        old.keySet().stream()
                .filter(tracker -> !now.containsKey(tracker))
                .forEach(tracker -> gone("Tracker", tracker));
    }

    private void tracker(
            String tracker, String member, String key, JsonObject known, JsonObject declared) {
        String old = shown(known, key);
        String now = shown(declared, key);
        if (!old.equals(now)) {
            String what = "Tracker " + tracker + " of " + name + ": " + member + " changed";
            changes.add(new PolicyChange(what, old, now, isAsked()));
        }
    }

    private static String shown(JsonObject tracker, String key) {
        String text = Words.text(tracker, key);
        return key.equals("lifetime") ? PolicyTexts.period(text) : text;
    }

    /** By what a person tells them apart: name and kind. */
    private static Map<String, JsonObject> trackers(JsonObject purpose) {
        Map<String, JsonObject> trackers = new LinkedHashMap<>();
        Words.objects(purpose, "trackers")
                .forEach(tracker ->
                        trackers.put(
                                Words.text(tracker, "name")
                                        + " ("
                                        + Words.text(tracker, "type")
                                        + ")",
                                tracker));
        return trackers;
    }

    private void added(String what, String text) {
        changes.add(PolicyChange.said(what + " added to " + name + ": " + text, isAsked()));
    }

    private void gone(String what, String text) {
        changes.add(PolicyChange.said(what + " gone from " + name + ": " + text, false));
    }

    /** What is always on is told, not asked. */
    private boolean isAsked() {
        return !Words.isTrue(after, "required");
    }
}
