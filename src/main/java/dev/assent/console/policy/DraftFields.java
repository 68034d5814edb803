// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.console.Form;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A policy draft as the fields of a form. A field is named by the JSON pointer of what it holds,
 * {@code /purposes/0/trackers/2/name}, so that a fault is shown where its pointer leads. Four
 * things differ:
 *
 * <ul>
 *   <li>the texts of a purpose go by its place, {@code /texts/fr/purposes/@0/name}, so that they
 *       follow it when its id is changed;
 *   <li>{@code /texts/fr}, without value, says that French is offered, whether or not anything is
 *       written in it;
 *   <li>a list of texts is one field with a line for each;
 *   <li>a tracker's lifetime is in words, {@code 13 months}, where words say it.
 * </ul>
 *
 * <p>Blank is absent, and what is not ticked is false. Immutable.
 */
final class DraftFields {
    private static final Pattern OF_A_PURPOSE =
            Pattern.compile("(/purposes/|/texts/[^/]+/purposes/@)(\\d{1,2})(/.*)?");
    private static final Pattern OF_A_TRACKER =
            Pattern.compile("(/purposes/\\d{1,2}/trackers/)(\\d{1,3})(/.*)?");

    private static final Pattern LIFETIME =
            Pattern.compile("/purposes/\\d+/trackers/\\d+/lifetime");

    private final Map<String, String> values;

    private DraftFields(Map<String, String> values) {
        this.values = values;
    }

    /** The fields of a stored draft. */
    static DraftFields of(JsonObject draft) {
        DraftFields fields = new DraftFields(new LinkedHashMap<>());
        fields.put("", draft, purposeIds(draft));
        fields.values.putIfAbsent("/reloadOnWithdrawal", "yes");
        return fields;
    }

    /** The fields that a browser sent: those whose names are pointers. */
    static DraftFields of(Form form) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Form.Field field : form.fields()) {
            if (field.name().startsWith("/")) {
                // Browsers end lines of a text in their own way (WHATWG HTML, form submission).
                String value = field.value().replace("\r\n", "\n").replace('\r', '\n');
                values.merge(field.name(), value, (one, other) -> one + "\n" + other);
            }
        }
        return new DraftFields(values);
    }

    /** The draft that these fields make; what cannot be part of any is left out. */
    JsonObject draft() {
        return new DraftWriting(this).draft();
    }

    /** The value of a field; empty if there is none. */
    String value(String name) {
        return values.getOrDefault(name, "");
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** How many purposes there are, with the greatest place that any field names. */
    int purposes() {
        return count(OF_A_PURPOSE);
    }

    int trackers(int purpose) {
        String list = "/purposes/" + purpose + "/trackers/";
        return count(Pattern.compile("(" + list + ")(\\d{1,3})(/.*)?"));
    }

    /** The languages offered, by tag, in order of their tags. */
    List<String> languages() {
        var languages = new TreeSet<String>();
        for (String name : values.keySet()) {
            String[] parts = name.split("/", 4);
            if (parts.length >= 3 && parts[1].equals("texts") && !parts[2].isEmpty()) {
                languages.add(parts[2]);
            }
        }
        return List.copyOf(languages);
    }

    /** Names and values under {@code prefix}, in the order sent. */
    Map<String, String> under(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** The same with one value set. */
    DraftFields with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new DraftFields(changed);
    }

    /** The same without what lies at or below {@code name}. */
    DraftFields without(String name) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.keySet().removeIf(key -> key.equals(name) || key.startsWith(name + "/"));
        return new DraftFields(changed);
    }

    DraftFields addPurpose() {
        return with("/purposes/" + purposes() + "/id", "");
    }

    DraftFields removePurpose(int place) {
        return renumber(OF_A_PURPOSE, "", at -> at == place ? -1 : at > place ? at - 1 : at);
    }

    /** The same with the purpose at {@code place} one place higher; the first stays where it is. */
    DraftFields raisePurpose(int place) {
        if (place <= 0 || place >= purposes()) {
            return this;
        }
        return renumber(
                OF_A_PURPOSE, "", at -> at == place ? at - 1 : at == place - 1 ? at + 1 : at);
    }

    DraftFields addTracker(int purpose) {
        String tracker = "/purposes/" + purpose + "/trackers/" + trackers(purpose);
        return with(tracker + "/name", "").with(tracker + "/type", "cookie");
    }

    DraftFields removeTracker(int purpose, int place) {
        return renumber(
                OF_A_TRACKER,
                "/purposes/" + purpose + "/trackers/",
                at -> at == place ? -1 : at > place ? at - 1 : at);
    }

    /** Gives each matched place a new one; a negative one takes its fields away. */
    private DraftFields renumber(Pattern pattern, String prefix, IntUnaryOperator places) {
        Map<String, String> changed = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            Matcher matcher = pattern.matcher(name);
            if (!name.startsWith(prefix) || !matcher.matches()) {
                changed.put(name, value);
                return;
            }
            int place = places.applyAsInt(Integer.parseInt(matcher.group(2)));
            if (place >= 0) {
                String rest = matcher.group(3) == null ? "" : matcher.group(3);
                changed.put(matcher.group(1) + place + rest, value);
            }
        });
        return new DraftFields(changed);
    }

    private int count(Pattern pattern) {
        return values.keySet().stream()
                        .map(pattern::matcher)
                        .filter(Matcher::matches)
                        .mapToInt(matcher -> Integer.parseInt(matcher.group(2)))
                        .max()
                        .orElse(-1)
                + 1;
    }

    private void put(String pointer, JsonValue value, List<String> purposeIds) {
        switch (value) {
            case JsonObject object -> {
                if (pointer.matches("/texts/[^/]+")) {
                    values.put(pointer, "");
                }
                object.members()
                        .forEach((key, member) ->
                                put(
                                        pointer + "/" + place(pointer, key, purposeIds),
                                        member,
                                        purposeIds));
            }
            case JsonValue.Array array -> putAll(pointer, array.values(), purposeIds);
            case JsonValue.Text text ->
                    values.put(
                            pointer,
                            LIFETIME.matcher(pointer).matches()
                                    ? Lifetimes.words(text.value())
                                    : text.value());
            case JsonValue.Int integer -> values.put(pointer, Long.toString(integer.value()));
            case JsonValue.Bool bool -> values.put(pointer, bool.value() ? "yes" : "no");
        }
    }

    private void putAll(String pointer, List<JsonValue> array, List<String> purposeIds) {
        if (array.stream().allMatch(JsonValue.Text.class::isInstance)) {
            List<String> lines =
                    array.stream().map(text -> ((JsonValue.Text) text).value()).toList();
            if (!lines.isEmpty()) {
                values.put(pointer, String.join("\n", lines));
            }
            return;
        }
        for (int i = 0; i < array.size(); i++) {
            put(pointer + "/" + i, array.get(i), purposeIds);
        }
    }

    private static String place(String pointer, String key, List<String> purposeIds) {
        int place = pointer.matches("/texts/[^/]+/purposes") ? purposeIds.indexOf(key) : -1;
        return place < 0 ? key : "@" + place;
    }

    private static List<String> purposeIds(JsonObject draft) {
        return draft.find("purposes").filter(JsonValue.Array.class::isInstance).stream()
                .flatMap(array -> ((JsonValue.Array) array).values().stream())
                .map(purpose ->
                        purpose instanceof JsonObject object
                                        && object.find("id").orElse(null)
                                                instanceof JsonValue.Text id
                                ? id.value()
                                : "")
                .toList();
    }
}
