// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes {@link DraftFields} as the JSON that the rules of policies are asked about. */
final class DraftWriting {
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
    private static final List<String> CONTROLLER = List.of("name", "address", "contact");
    private static final List<String> FLAGS =
            List.of("googleConsentMode", "microsoftConsentMode", "matomo", "countShown");
    private static final List<String> TRACKER =
            List.of("name", "type", "provider", "domain", "match");

    private final DraftFields fields;

    DraftWriting(DraftFields fields) {
        this.fields = fields;
    }

    JsonObject draft() {
        var draft = JsonObject.builder();
        object("/controller", CONTROLLER, draft, "controller");
        texts("", List.of("privacyPolicyUrl", "defaultLanguage", "lifetime", "ruleset"), draft);
        FLAGS.forEach(flag -> draft.put(flag, isOn("/" + flag)));
        draft.put("reloadOnWithdrawal", isOn("/reloadOnWithdrawal"));
        String sample = fields.value("/sampleUndeclared").strip();
        if (!sample.isEmpty()) {
            draft.put("sampleUndeclared", integerOrText(sample));
        }
        draft.put("purposes", purposes());
        draft.put("texts", texts());
        appearance(draft);
        return draft.build();
    }

    private void appearance(JsonObject.Builder draft) {
        var appearance = JsonObject.builder();
        texts("/appearance", List.of("position", "accent", "reopen"), appearance);
        String radius = fields.value("/appearance/radius").strip();
        if (!radius.isEmpty()) {
            appearance.put("radius", integerOrText(radius));
        }
        put(draft, "appearance", appearance.build());
    }

    /** What is no integer stays as it was typed: the rules say what they expect there. */
    private static JsonValue integerOrText(String text) {
        return text.matches("[0-9]{1,9}")
                ? new JsonValue.Int(Long.parseLong(text))
                : new JsonValue.Text(text);
    }

    private JsonValue purposes() {
        List<JsonValue> purposes = new ArrayList<>();
        for (int i = 0; i < fields.purposes(); i++) {
            purposes.add(purpose("/purposes/" + i, fields.trackers(i)));
        }
        return new JsonValue.Array(purposes);
    }

    private JsonObject purpose(String at, int trackers) {
        var purpose = JsonObject.builder();
        texts(at, List.of("id", "dpv"), purpose);
        if (isOn(at + "/required")) {
            purpose.put("required", true);
        }
        String sale = fields.value(at + "/saleOrShare");
        if (!sale.isBlank()) {
            purpose.put("saleOrShare", sale.equals("yes"));
        }
        list(at + "/signals", "signals", purpose);
        list(at + "/hosts", "hosts", purpose);
        List<JsonValue> declared = new ArrayList<>();
        for (int i = 0; i < trackers; i++) {
            declared.add(tracker(at + "/trackers/" + i));
        }
        return purpose.put("trackers", new JsonValue.Array(declared)).build();
    }

    private JsonObject tracker(String at) {
        var tracker = JsonObject.builder();
        texts(at, TRACKER, tracker);
        String lifetime = fields.value(at + "/lifetime").strip();
        if (!lifetime.isEmpty()) {
            tracker.put("lifetime", Lifetimes.iso(lifetime));
        }
        if (isOn(at + "/thirdParty")) {
            tracker.put("thirdParty", true);
        }
        return tracker.build();
    }

    private JsonObject texts() {
        var texts = JsonObject.builder();
        List<String> written = new ArrayList<>();
        for (String language : fields.languages()) {
            boolean fits = KEY.matcher(language).matches();
            if (fits && written.stream().noneMatch(language::equalsIgnoreCase)) {
                written.add(language);
                texts.put(language, tree(fields.under("/texts/" + language + "/")));
            }
        }
        return texts.build();
    }

    /** The object of which {@code paths} are the leaves; blank ones are left out. */
    private JsonObject tree(Map<String, String> paths) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        Map<String, Map<String, String>> below = new LinkedHashMap<>();
        paths.forEach((path, value) -> {
            String[] parts = path.split("/", 2);
            String key = key(parts[0]);
            if (parts.length == 1 && !value.isBlank()) {
                members.put(key, new JsonValue.Text(value));
            } else if (parts.length == 2 && !value.isBlank()) {
                below.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(parts[1], value);
            }
        });
        below.forEach((key, inner) -> members.putIfAbsent(key, tree(inner)));
        return object(members);
    }

    /** The id of the purpose at a place. */
    private String key(String part) {
        return part.matches("@\\d{1,2}")
                ? fields.value("/purposes/" + part.substring(1) + "/id").strip()
                : part;
    }

    private static JsonObject object(Map<String, JsonValue> members) {
        var object = JsonObject.builder();
        List<String> put = new ArrayList<>();
        members.forEach((key, value) -> {
            // What is no key, or there already, is at fault elsewhere: at the purpose's id.
            if (KEY.matcher(key).matches() && put.stream().noneMatch(key::equalsIgnoreCase)) {
                put.add(key);
                object.put(key, value);
            }
        });
        return object.build();
    }

    private void object(String at, List<String> keys, JsonObject.Builder parent, String key) {
        var object = JsonObject.builder();
        texts(at, keys, object);
        put(parent, key, object.build());
    }

    private static void put(JsonObject.Builder parent, String key, JsonObject object) {
        if (!object.keys().isEmpty()) {
            parent.put(key, object);
        }
    }

    private void texts(String at, List<String> keys, JsonObject.Builder object) {
        for (String key : keys) {
            String value = fields.value(at + "/" + key).strip();
            if (!value.isEmpty()) {
                object.put(key, value);
            }
        }
    }

    private void list(String at, String key, JsonObject.Builder object) {
        List<JsonValue> lines =
                fields.value(at)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .map(line -> (JsonValue) new JsonValue.Text(line))
                        .toList();
        if (!lines.isEmpty()) {
            object.put(key, new JsonValue.Array(lines));
        }
    }

    private boolean isOn(String name) {
        return fields.value(name).equals("yes");
    }
}
