// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.JsonForm;
import dev.assent.receipt.JsonObject;
import dev.assent.web.Problem.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Period;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a policy draft as its owner wrote it and gathers every fault of form. What is well-formed
 * but not fit for visitors is {@link PolicyDraft#obstacles}.
 */
final class PolicyDraftReader {
    /** Bytes in the longest draft. */
    static final int MAX_BYTES = 1024 * 1024;

    static final String WHAT = "policy draft";

    private static final Period LIFETIME = Period.ofMonths(6);
    private static final Period LONGEST = Period.ofMonths(24);

    private PolicyDraftReader() {}

    /** Reads {@code draft}, adding what is wrong to {@code faults}. */
    static PolicyDraft read(JsonObject draft, List<Fault> faults) {
        return JsonForm.read(draft, faults, PolicyDraftReader::policy);
    }

    private static PolicyDraft policy(JsonForm form) {
        List<Purpose> purposes = PurposeReader.read(form);
        String defaultLanguage = form.requiredText("defaultLanguage", 35);
        if (!defaultLanguage.isEmpty() && !Languages.isKnown(defaultLanguage)) {
            form.fault("defaultLanguage", "expected a BCP 47 language such as en or pt-BR");
        }
        return new PolicyDraft(
                form.form("controller").map(PolicyDraftReader::controller).orElse(null),
                privacyPolicyUrl(form),
                defaultLanguage,
                lifetime(form),
                form.oneOf("ruleset", List.of("opt-in")),
                Signals.read(form),
                Counting.read(form),
                form.bool("reloadOnWithdrawal", true),
                purposes,
                texts(form.formOrEmpty("texts"), defaultLanguage, purposes),
                Appearance.read(form.formOrEmpty("appearance")));
    }

    private static JsonObject controller(JsonForm form) {
        var controller = JsonObject.builder().put("name", form.requiredText("name", 200));
        form.text("address", 500).ifPresent(address -> controller.put("address", address));
        form.text("contact", 300).ifPresent(contact -> controller.put("contact", contact));
        return controller.build();
    }

    private static @Nullable String privacyPolicyUrl(JsonForm form) {
        String text = form.text("privacyPolicyUrl", 2000).orElse(null);
        if (text != null && !isWebAddress(text)) {
            form.fault("privacyPolicyUrl", "expected an http or https address");
        }
        return text;
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = new URI(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Period lifetime(JsonForm form) {
        var text = form.text("lifetime", 20);
        var period =
                text.flatMap(Periods::parse)
                        .filter(p -> Periods.shortestDays(p) >= 1)
                        .filter(p -> Periods.isWithin(p, LONGEST));
        if (text.isPresent() && period.isEmpty()) {
            form.fault("lifetime", "expected an ISO 8601 period from P1D to P24M");
        }
        return period.orElse(LIFETIME);
    }

    /** The default language is offered whether the owner wrote anything in it or not. */
    private static Map<String, JsonObject> texts(
            JsonForm form, String defaultLanguage, List<Purpose> purposes) {
        List<String> ids = purposes.stream().map(Purpose::id).filter(id -> !id.isEmpty()).toList();
        Map<String, JsonObject> texts = new TreeMap<>();
        Set<String> languages = new HashSet<>(form.keys());
        JsonObject usual = JsonObject.empty();
        if (Languages.isKnown(defaultLanguage)) {
            languages.remove(defaultLanguage);
            usual = Texts.complete(form.formOrEmpty(defaultLanguage), defaultLanguage, usual, ids);
            texts.put(defaultLanguage, usual);
        }
        for (String language : languages.stream().sorted().toList()) {
            if (Languages.isKnown(language)) {
                texts.put(
                        language, Texts.complete(form.formOrEmpty(language), language, usual, ids));
            } else {
                form.fault(language, "expected a BCP 47 language such as en or pt-BR");
            }
        }
        return texts;
    }
}
