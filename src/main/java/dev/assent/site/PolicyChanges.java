// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What differs between two artefacts, in words: first whom and what the policy is about, then its
 * purposes, then its texts language by language.
 */
final class PolicyChanges {
    private static final String PURPOSES = "purposes";
    private static final String TEXTS = "texts";

    /** Members of the document that are the owner's to set, as people call them. */
    private static final Map<String, String> SETTINGS = settings();

    private final JsonObject before;
    private final JsonObject after;
    private final List<PolicyChange> changes = new ArrayList<>();

    private PolicyChanges(JsonObject before, JsonObject after) {
        this.before = before;
        this.after = after;
    }

    /** The changes that lead from one artefact to another; none if visitors cannot tell them. */
    static List<PolicyChange> between(JsonObject before, JsonObject after) {
        PolicyChanges compared = new PolicyChanges(before, after);
        SETTINGS.forEach(compared::setting);
        compared.purposes();
        compared.texts();
        return List.copyOf(compared.changes);
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("controller/name", "Who is responsible");
        settings.put("controller/address", "Address of who is responsible");
        settings.put("controller/contact", "Contact of who is responsible");
        settings.put("privacyPolicyUrl", "Link to the privacy policy");
        settings.put("cookieDomain", "Domain of the cookie");
        settings.put("lifetime", "How long a choice holds");
        settings.put("ruleset", "Rules");
        settings.put("defaultLanguage", "Default language");
        settings.put("reloadOnWithdrawal", "Reload when consent is withdrawn");
        settings.put("googleConsentMode", "Google consent mode");
        settings.put("microsoftConsentMode", "Microsoft consent mode");
        settings.put("matomo", "Matomo is told");
        settings.put("countShown", "Each banner shown is counted");
        settings.put("sampleUndeclared", "Page views of which one names undeclared trackers");
        settings.put("appearance/position", "Position of the banner");
        settings.put("appearance/accent", "Colour of the buttons");
        settings.put("appearance/radius", "Roundness of the buttons");
        settings.put("appearance/reopen", "How the settings are opened again");
        return settings;
    }

    private void setting(String path, String name) {
        String old = at(before, path);
        String now = at(after, path);
        if (!old.equals(now)) {
            boolean asks =
                    path.equals("controller/name")
                            || (path.equals("lifetime") && days(now) > days(old));
            boolean isPeriod = path.equals("lifetime");
            changes.add(
                    new PolicyChange(
                            name,
                            isPeriod ? PolicyTexts.period(old) : old,
                            isPeriod ? PolicyTexts.period(now) : now,
                            asks));
        }
    }

    private static long days(String lifetime) {
        return Periods.parse(lifetime).map(Periods::shortestDays).orElse(0L);
    }

    private void purposes() {
        Map<String, JsonObject> old = byId(before);
        Map<String, JsonObject> now = byId(after);
        now.forEach((id, purpose) -> {
            if (!old.containsKey(id)) {
                boolean asks = !Words.isTrue(purpose, "required");
                changes.add(PolicyChange.said("Purpose added: " + name(after, id), asks));
            }
        });
        old.keySet().stream()
                .filter(id -> !now.containsKey(id))
                .forEach(id ->
                        changes.add(PolicyChange.said("Purpose gone: " + name(before, id), false)));
        now.forEach((id, purpose) -> {
            if (old.containsKey(id)) {
                changes.addAll(PurposeChanges.between(name(after, id), old.get(id), purpose));
            }
        });
        List<String> kept = old.keySet().stream().filter(now::containsKey).toList();
        if (!kept.equals(now.keySet().stream().filter(old::containsKey).toList())) {
            changes.add(PolicyChange.said("The purposes stand in another order", false));
        }
    }

    private static Map<String, JsonObject> byId(JsonObject artefact) {
        Map<String, JsonObject> purposes = new LinkedHashMap<>();
        Words.objects(artefact, PURPOSES)
                .forEach(purpose -> purposes.put(Words.text(purpose, "id"), purpose));
        return purposes;
    }

    /** As visitors read it in the default language, with the id that pages name. */
    private static String name(JsonObject artefact, String id) {
        String language = Words.text(artefact, "defaultLanguage");
        String name = Words.text(artefact, TEXTS, language, PURPOSES, id, "name");
        return name.isEmpty() ? id : "“" + name + "” (" + id + ")";
    }

    private void texts() {
        Set<String> old = languages(before);
        Set<String> now = languages(after);
        now.stream()
                .filter(language -> !old.contains(language))
                .forEach(language ->
                        changes.add(
                                PolicyChange.said(
                                        "Language added: " + Languages.name(language), false)));
        old.stream()
                .filter(language -> !now.contains(language))
                .forEach(language ->
                        changes.add(
                                PolicyChange.said(
                                        "Language gone: " + Languages.name(language), false)));
        now.stream()
                .filter(old::contains)
                .forEach(language ->
                        texts(
                                Languages.name(language),
                                "",
                                before.find(TEXTS, language),
                                after.find(TEXTS, language)));
    }

    private static Set<String> languages(JsonObject artefact) {
        return artefact.find(TEXTS).map(texts -> ((JsonObject) texts).keys()).orElse(Set.of());
    }

    private void texts(
            String language, String path, Optional<JsonValue> old, Optional<JsonValue> now) {
        if (old.equals(now)) {
            return;
        }
        if (old.orElse(JsonObject.empty()) instanceof JsonObject one
                && now.orElse(JsonObject.empty()) instanceof JsonObject other) {
            Set<String> keys = new LinkedHashSet<>(one.keys());
            keys.addAll(other.keys());
            keys.stream()
                    .filter(key -> !path.equals(PURPOSES + "/") || hasBoth(key))
                    .forEach(key ->
                            texts(language, path + key + "/", one.find(key), other.find(key)));
            return;
        }
        boolean asks = path.startsWith(PURPOSES);
        String key = path.substring(0, path.length() - 1);
        String what = "Text “" + PolicyTexts.label(key) + "” changed in " + language;
        changes.add(new PolicyChange(what, shown(old), shown(now), asks));
    }

    /** The texts of a purpose that was added or is gone are part of that. */
    private boolean hasBoth(String id) {
        return byId(before).containsKey(id) && byId(after).containsKey(id);
    }

    private static String at(JsonObject artefact, String path) {
        return shown(artefact.find(path.split("/")));
    }

    private static String shown(Optional<JsonValue> value) {
        return value.map(Words::shown).orElse("");
    }
}
