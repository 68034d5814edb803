// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.web.Problem.Fault;
import dev.assent.web.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that an operator's program sent, read field by field. Whatever is wrong is
 * gathered, so that one answer tells every fault with its JSON pointer; a field that nobody asked
 * for is one too. Where a field is at fault the reader gets a stand-in and goes on; what was read
 * is then thrown away.
 */
public final class JsonForm {
    private final JsonObject object;
    private final String pointer;
    private final List<Fault> faults;
    private final List<JsonForm> opened;
    private final Set<String> asked = new HashSet<>();

    private JsonForm(JsonObject object, String pointer, List<Fault> faults, List<JsonForm> opened) {
        this.object = object;
        this.pointer = pointer;
        this.faults = faults;
        this.opened = opened;
        opened.add(this);
    }

    /**
     * Reads a body.
     *
     * @param what it is, in words: {@code policy draft}
     * @param maxBytes more are answered 413
     * @throws ProblemException 400 if it is no JSON, 422 with every fault if it is not acceptable
     */
    public static <T> T read(byte[] body, String what, int maxBytes, Function<JsonForm, T> reader) {
        List<Fault> faults = new ArrayList<>();
        T result = read(parse(body, what, maxBytes), faults, reader);
        if (!faults.isEmpty()) {
            throw ProblemException.unacceptable(what, faults);
        }
        return result;
    }

    /** Reads an object; its faults are added to {@code faults}. */
    public static <T> T read(JsonObject object, List<Fault> faults, Function<JsonForm, T> reader) {
        List<JsonForm> opened = new ArrayList<>();
        T result = reader.apply(new JsonForm(object, "", faults, opened));
        opened.forEach(JsonForm::refuseWhatNobodyAskedFor);
        return result;
    }

    /**
     * The object that {@code body} is.
     *
     * @throws ProblemException 400, 413 or 422 if it is none
     */
    public static JsonObject parse(byte[] body, String what, int maxBytes) {
        try {
            return CanonicalJson.parseObject(body, maxBytes);
        } catch (JsonException e) {
            String detail = e.getMessage() == null ? "not acceptable" : e.getMessage();
            throw switch (e.kind()) {
                case MALFORMED -> ProblemException.malformed("The body is not JSON: " + detail);
                case TOO_LARGE -> ProblemException.tooLarge(maxBytes);
                case NOT_ALLOWED ->
                        ProblemException.unacceptable(
                                what, List.of(new Fault(e.pointer(), detail)));
            };
        }
    }

    public boolean has(String key) {
        return object.keys().contains(key);
    }

    /** The keys that are there; each is taken as asked for. */
    public Set<String> keys() {
        asked.addAll(object.keys());
        return object.keys();
    }

    /** A text of 1 to {@code max} characters. */
    public Optional<String> text(String key, int max) {
        return member(key).flatMap(value -> text(value, at(key), max));
    }

    /** As {@link #text}, but empty is a value of its own: it takes away what was there. */
    public Optional<String> textOrEmpty(String key, int max) {
        boolean empty = object.find(key).filter(new JsonValue.Text("")::equals).isPresent();
        asked.add(key);
        return empty ? Optional.of("") : text(key, max);
    }

    /** A text that must be there. */
    public String requiredText(String key, int max) {
        return required(key) ? text(key, max).orElse("") : "";
    }

    /** One of {@code words}; the first where it is absent. */
    public String oneOf(String key, List<String> words) {
        Optional<String> word = text(key, 100);
        if (word.isPresent() && !words.contains(word.get())) {
            fault(key, "expected one of " + String.join(", ", words));
        }
        return word.orElse(words.getFirst());
    }

    /** A text of a certain form, which {@code expected} says in words. */
    public Optional<String> matching(String key, Pattern form, String expected) {
        Optional<String> text = text(key, 2000);
        if (text.isPresent() && !form.matcher(text.get()).matches()) {
            fault(key, "expected " + expected);
        }
        return text;
    }

    /** True or false; {@code absent} where it is not there. */
    public boolean bool(String key, boolean absent) {
        JsonValue value = member(key).orElse(new JsonValue.Bool(absent));
        if (value instanceof JsonValue.Bool bool) {
            return bool.value();
        }
        fault(key, "expected true or false");
        return absent;
    }

    public boolean requiredBool(String key) {
        return required(key) && bool(key, false);
    }

    /** An integer from {@code min} to {@code max}; {@code absent} where it is not there. */
    public long integer(String key, long min, long max, long absent) {
        JsonValue value = member(key).orElse(new JsonValue.Int(absent));
        if (value instanceof JsonValue.Int integer
                && integer.value() >= min
                && integer.value() <= max) {
            return integer.value();
        }
        fault(key, "expected an integer from " + min + " to " + max);
        return absent;
    }

    /** The object at {@code key}. */
    public Optional<JsonForm> form(String key) {
        return member(key).flatMap(value -> form(value, at(key)));
    }

    /** The object at {@code key}; one without fields where it is absent or no object. */
    public JsonForm formOrEmpty(String key) {
        return form(key).orElseGet(() -> new JsonForm(JsonObject.empty(), at(key), faults, opened));
    }

    /** The objects of an array of at most {@code max}; none where it is absent. */
    public List<JsonForm> forms(String key, int max) {
        List<JsonForm> forms = new ArrayList<>();
        List<JsonValue> values = array(key, max);
        for (int i = 0; i < values.size(); i++) {
            form(values.get(i), at(key) + "/" + i).ifPresent(forms::add);
        }
        return forms;
    }

    /** The texts of an array by their place; at most {@code max}, none where it is absent. */
    public Map<Integer, String> texts(String key, int max, int maxLength) {
        var texts = new java.util.TreeMap<Integer, String>();
        List<JsonValue> values = array(key, max);
        for (int i = 0; i < values.size(); i++) {
            int place = i;
            text(values.get(i), at(key) + "/" + i, maxLength)
                    .ifPresent(text -> texts.put(place, text));
        }
        return texts;
    }

    /** Whether there is an array at {@code key}, without anything in it. */
    public boolean isEmptyArray(String key) {
        return object.find(key).filter(new JsonValue.Array(List.of())::equals).isPresent();
    }

    /** Whether {@code key} is there; a fault where it is not. */
    public boolean required(String key) {
        if (!has(key)) {
            fault(key, "missing");
        }
        return has(key);
    }

    /** Notes a fault at {@code key}, which may be a path below this object. */
    public void fault(String key, String detail) {
        faults.add(new Fault(at(key), detail));
    }

    private List<JsonValue> array(String key, int max) {
        @Nullable JsonValue value = member(key).orElse(null);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonValue.Array array)) {
            fault(key, "expected an array");
            return List.of();
        }
        if (array.values().size() > max) {
            fault(key, "expected at most " + max);
            return array.values().subList(0, max);
        }
        return array.values();
    }

    private Optional<JsonForm> form(JsonValue value, String at) {
        if (value instanceof JsonObject inner) {
            return Optional.of(new JsonForm(inner, at, faults, opened));
        }
        faults.add(new Fault(at, "expected an object"));
        return Optional.empty();
    }

    private Optional<String> text(JsonValue value, String at, int max) {
        if (!(value instanceof JsonValue.Text text)) {
            faults.add(new Fault(at, "expected a string"));
            return Optional.empty();
        }
        String content = text.value();
        if (content.isBlank()) {
            faults.add(new Fault(at, "must not be empty"));
        } else if (content.codePointCount(0, content.length()) > max) {
            faults.add(new Fault(at, "expected at most " + max + " characters"));
        } else if (content.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            faults.add(new Fault(at, "must not hold control characters"));
        } else {
            return Optional.of(content);
        }
        return Optional.empty();
    }

    private Optional<JsonValue> member(String key) {
        asked.add(key);
        return object.find(key);
    }

    private String at(String key) {
        return key.isEmpty() ? pointer : pointer + "/" + key;
    }

    private void refuseWhatNobodyAskedFor() {
        for (String key : object.keys()) {
            if (!asked.contains(key)) {
                fault(key, "unknown field");
            }
        }
    }
}
