// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.web.Problem.Fault;
import dev.assent.web.ProblemException;
import dev.assent.web.ProblemType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads a choice from what was sent, naming every fault at once. */
final class ChoiceReader {
    /** The most bytes in a choice: 8 KiB. */
    static final int MAX_BYTES = 8 * 1024;

    private static final Set<String> FIELDS =
            Set.of(
                    "id",
                    "policy",
                    "choices",
                    "action",
                    "source",
                    "language",
                    "layout",
                    "occurredAt",
                    "secret",
                    "previous");
    private static final Set<String> SOURCES = Set.of("banner", "preferences", "gpc", "api");
    private static final Set<String> LAYOUTS = Set.of("desktop", "mobile", "none");
    private static final Pattern UUID_V7 =
            Pattern.compile(
                    "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern LANGUAGE =
            Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}");
    // 43 characters hold 258 bits; the last two must be zero, so that there is one spelling.
    static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

    /** What {@link #SECRET} expects, in words. */
    static final String SECRET_FORM = "32 bytes as 43 characters of base64url";

    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");

    private final JsonObject sent;
    private final List<Fault> faults = new ArrayList<>();

    private ChoiceReader(JsonObject sent) {
        this.sent = sent;
    }

    /**
     * Reads a choice.
     *
     * @throws ProblemException 400 if {@code body} is not JSON, 413 if it is longer than {@link
     *     #MAX_BYTES}, 422 with every fault if it is no choice
     */
    static Choice read(byte[] body) {
        try {
            return new ChoiceReader(CanonicalJson.parseObject(body, MAX_BYTES)).choice();
        } catch (JsonException e) {
            throw problem(e);
        }
    }

    private static ProblemException problem(JsonException e) {
        String reason = Objects.requireNonNullElse(e.getMessage(), "not allowed");
        return switch (e.kind()) {
            case MALFORMED -> ProblemException.malformed("The choice is not JSON: " + reason);
            case NOT_ALLOWED ->
                    ProblemException.unacceptable(
                            "choice", List.of(new Fault(e.pointer(), reason)));
            case TOO_LARGE ->
                    ProblemException.of(
                            ProblemType.TOO_LARGE.problem(
                                    "A choice has at most " + MAX_BYTES + " bytes."));
        };
    }

    private Choice choice() {
        sent.keys().stream()
                .filter(key -> !FIELDS.contains(key))
                .forEach(key -> fault("/" + key, "there is no such field"));
        UUID id = uuid("id", true);
        long version = version();
        String sha256 = text(SHA256, "64 lower-case hexadecimal digits", "policy", "sha256");
        SortedMap<String, Boolean> choices = choices();
        Action action = action();
        String source = oneOf("source", SOURCES);
        String language = text(LANGUAGE, "a language tag such as fr or pt-BR", "language");
        String layout = oneOf("layout", LAYOUTS);
        Instant occurredAt = occurredAt();
        String secret = text(SECRET, SECRET_FORM, "secret");
        UUID previous = sent.find("previous").isPresent() ? uuid("previous", false) : null;
        if (!faults.isEmpty()) {
            throw ProblemException.unacceptable("choice", faults);
        }
        return new Choice(
                id,
                (int) version,
                sha256,
                choices,
                action,
                source,
                language,
                layout,
                occurredAt,
                secret,
                previous);
    }

    private long version() {
        Optional<JsonValue> policy = sent.find("policy");
        if (policy.isEmpty() || !(policy.get() instanceof JsonObject object)) {
            fault("/policy", "expected an object with version and sha256");
            return 0;
        }
        object.keys().stream()
                .filter(key -> !key.equals("version") && !key.equals("sha256"))
                .forEach(key -> fault("/policy/" + key, "there is no such field"));
        if (object.find("version").orElse(null) instanceof JsonValue.Int number
                && number.value() >= 1
                && number.value() <= Integer.MAX_VALUE) {
            return number.value();
        }
        fault("/policy/version", "expected a version number from 1");
        return 0;
    }

    private SortedMap<String, Boolean> choices() {
        var choices = new TreeMap<String, Boolean>();
        if (!(sent.find("choices").orElse(null) instanceof JsonObject object)) {
            fault("/choices", "expected an object with true or false for every purpose");
            return choices;
        }
        object.members()
                .forEach((purpose, value) -> {
                    if (value instanceof JsonValue.Bool bool) {
                        choices.put(purpose, bool.value());
                    } else {
                        fault("/choices/" + purpose, "expected true or false");
                    }
                });
        return choices;
    }

    private Action action() {
        Optional<Action> action = find("action").flatMap(Action::of);
        if (action.isEmpty()) {
            fault("/action", "expected accept_all, reject_all, save, withdraw or gpc");
        }
        return action.orElse(Action.SAVE);
    }

    private UUID uuid(String field, boolean expected) {
        String text = find(field).orElse("");
        if (UUID_V7.matcher(text).matches()) {
            return UUID.fromString(text);
        }
        fault("/" + field, expected ? "expected a UUIDv7" : "expected the UUIDv7 of a choice");
        return new UUID(0, 0);
    }

    private Instant occurredAt() {
        String text = find("occurredAt").orElse("");
        if (INSTANT.matcher(text).matches()) {
            try {
                return Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
            } catch (DateTimeException e) {
                // There is no such day or hour: the fault below.
            }
        }
        fault("/occurredAt", "expected an instant such as 2026-11-21T10:00:03.120Z");
        return Instant.EPOCH;
    }

    private String oneOf(String field, Set<String> words) {
        String text = find(field).orElse("");
        if (!words.contains(text)) {
            fault(
                    "/" + field,
                    "expected one of " + String.join(", ", words.stream().sorted().toList()));
        }
        return text;
    }

    private String text(Pattern form, String expected, String... path) {
        String text = find(path).orElse("");
        if (!form.matcher(text).matches()) {
            fault("/" + String.join("/", path), "expected " + expected);
        }
        return text;
    }

    private Optional<String> find(String... path) {
        return sent.find(path)
                .filter(JsonValue.Text.class::isInstance)
                .map(value -> ((JsonValue.Text) value).value());
    }

    private void fault(String pointer, String detail) {
        faults.add(new Fault(pointer, detail));
    }
}
