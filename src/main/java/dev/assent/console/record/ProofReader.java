// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.consent.ConsentRecord;
import dev.assent.console.Moments;
import dev.assent.console.record.ProofPage.Answer;
import dev.assent.console.record.ProofPage.Asker;
import dev.assent.console.record.ProofPage.Deed;
import dev.assent.console.record.ProofPage.Label;
import dev.assent.console.record.ProofPage.Place;
import dev.assent.console.record.ProofPage.Policy;
import dev.assent.console.record.ProofPage.Proof;
import dev.assent.console.record.ProofPage.State;
import dev.assent.console.record.ProofPage.Times;
import dev.assent.console.record.ProofPage.Words;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts a record and the artefact that it names into words; adds nothing that neither says. */
final class ProofReader {
    // As the widget decides it.
    private static final Set<String> RIGHT_TO_LEFT =
            Set.of("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi");
    private static final Pattern MAIL = Pattern.compile("[^\\s@<>\"]+@[^\\s@<>\"]+");
    private static final Pattern WEB = Pattern.compile("https?://\\S+", Pattern.CASE_INSENSITIVE);

    private final ConsentRecord record;
    private final JsonObject content;
    private final JsonObject artefact;
    private final JsonObject texts;
    private final String action;
    private final String source;
    private final String language;

    private ProofReader(ConsentRecord record, JsonObject artefact) throws JsonException {
        this.record = record;
        this.content = record.content();
        this.artefact = artefact;
        this.action = content.text("action");
        this.source = content.text("source");
        this.language = content.text("language");
        this.texts = artefact.object("texts", language);
    }

    /**
     * Reads a record.
     *
     * @param site the site's name
     * @param proof absent while there is none
     * @throws IllegalStateException if record and artefact do not belong together
     */
    static ProofPage read(
            ConsentRecord record,
            JsonObject artefact,
            String site,
            @Nullable Proof proof,
            Instant now) {
        try {
            return new ProofReader(record, artefact).page(site, proof, now);
        } catch (JsonException e) {
            throw new IllegalStateException(
                    "record " + record.id() + " and its artefact do not fit", e);
        }
    }

    private ProofPage page(String site, @Nullable Proof proof, Instant now) throws JsonException {
        List<Answer> answers = answers();
        return new ProofPage(
                record.id().toString(),
                headline(answers),
                site,
                asker(),
                words(),
                answers,
                new Deed(did(), where()),
                times(now),
                policy(),
                new Place(
                        record.seq(),
                        record.index(),
                        content.text("subject"),
                        find(content, "previous")),
                proof,
                new String(record.document(), StandardCharsets.UTF_8));
    }

    private String headline(List<Answer> answers) {
        long granted = answers.stream().filter(a -> a.state() == State.GRANTED).count();
        long refused = answers.stream().filter(a -> a.state() == State.REFUSED).count();
        if (granted + refused == 0) {
            return "Nothing optional was asked";
        }
        return switch (action) {
            case "accept_all" -> "Everything accepted";
            case "reject_all" -> "Everything optional refused";
            case "withdraw" -> "Consent withdrawn";
            case "gpc" -> "Refused by the browser’s privacy signal";
            default -> selection(granted, refused);
        };
    }

    private static String selection(long granted, long refused) {
        if (granted == 0) {
            return "Everything optional refused, one by one";
        }
        return refused == 0
                ? "Everything accepted, one by one"
                : "A selection: " + granted + " granted, " + refused + " refused";
    }

    private List<Answer> answers() throws JsonException {
        List<Answer> answers = new ArrayList<>();
        for (JsonValue value : artefact.array("purposes")) {
            JsonObject purpose = (JsonObject) value;
            String id = purpose.text("id");
            String name = find(texts, "purposes", id, "name");
            String description = find(texts, "purposes", id, "description");
            boolean granted = content.bool("choices", id);
            State state = granted ? State.GRANTED : State.REFUSED;
            answers.add(
                    new Answer(
                            id,
                            name == null ? id : name,
                            description == null ? "" : description,
                            purpose.bool("required") ? State.REQUIRED : state));
        }
        return answers;
    }

    private Asker asker() throws JsonException {
        String contact = find(artefact, "controller", "contact");
        return new Asker(
                content.text("site"),
                find(artefact, "controller", "name"),
                find(artefact, "controller", "address"),
                contact,
                contact == null ? null : link(contact),
                webAddress(find(artefact, "privacyPolicyUrl")));
    }

    private Words words() {
        boolean second = source.equals("preferences");
        return new Words(
                language,
                Locale.forLanguageTag(language).getDisplayLanguage(Locale.ENGLISH),
                RIGHT_TO_LEFT.contains(language.split("-", 2)[0].toLowerCase(Locale.ROOT))
                        ? "rtl"
                        : "ltr",
                filled(second ? "preferencesTitle" : "title"),
                filled(second ? "preferencesBody" : "body"),
                labels(second));
    }

    private List<Label> labels(boolean second) {
        if (!second && !source.equals("banner")) {
            return List.of();
        }
        List<Label> labels = new ArrayList<>();
        labels.add(label("acceptAll", "accept_all"));
        labels.add(label("rejectAll", "reject_all"));
        labels.add(second ? label("save", "save") : label("choose", ""));
        if (second && action.equals("withdraw")) {
            labels.add(label("withdraw", "withdraw"));
        }
        return labels;
    }

    private Label label(String key, String does) {
        return new Label(filled(key), action.equals(does));
    }

    private String did() {
        return switch (action) {
            case "accept_all" -> "Accepted every purpose at once.";
            case "reject_all" -> "Refused every purpose that is not required, at once.";
            case "save" -> "Chose purpose by purpose and saved the selection.";
            case "withdraw" -> "Withdrew what had been granted before.";
            case "gpc" ->
                    "Did nothing here: the browser’s Global Privacy Control refused in the"
                            + " visitor’s name.";
            default -> action;
        };
    }

    private String where() throws JsonException {
        String layout = content.text("layout");
        String screen =
                switch (layout) {
                    case "mobile" -> ", in its form for narrow screens";
                    case "desktop" -> ", in its form for wide screens";
                    default -> "";
                };
        return switch (source) {
            case "banner" -> "On the banner" + screen + ".";
            case "preferences" -> "In the preferences, the banner’s second layer" + screen + ".";
            case "api" -> "Through a control of the site’s own, not on our banner.";
            default -> "Nothing was drawn for this answer.";
        };
    }

    private Times times(Instant now) throws JsonException {
        Instant occurred = Instant.parse(content.text("occurredAt"));
        return new Times(
                Moments.of(record.recordedAt()),
                Moments.of(occurred),
                Moments.compare(occurred, record.recordedAt()),
                content.find("late").isPresent(),
                Moments.of(record.expiresAt()),
                !record.expiresAt().isAfter(now));
    }

    private Policy policy() throws JsonException {
        String published = find(artefact, "publishedAt");
        return new Policy(
                content.integer("policy", "version"),
                content.text("policy", "sha256"),
                published == null ? null : Moments.of(Instant.parse(published)),
                find(artefact, "reason"));
    }

    /** A text with the controller's name where it belongs, as the widget fills it in. */
    private String filled(String key) {
        String text = find(texts, key);
        String controller = find(artefact, "controller", "name");
        return text == null
                ? ""
                : text.replace(
                        "{controller}", controller == null ? "[the site’s address]" : controller);
    }

    private static @Nullable String link(String contact) {
        return MAIL.matcher(contact).matches() ? "mailto:" + contact : webAddress(contact);
    }

    /** Nothing but http and https becomes a link, whatever the artefact says. */
    private static @Nullable String webAddress(@Nullable String text) {
        return text != null && WEB.matcher(text).matches() ? text : null;
    }

    private static @Nullable String find(JsonObject object, String... path) {
        return object.find(path).orElse(null) instanceof JsonValue.Text text ? text.value() : null;
    }
}
