// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.JsonForm;
import dev.assent.receipt.JsonObject;
import dev.assent.web.Problem.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a policy draft as its owner wrote it and gathers every fault of form. What is well-formed
 * but not fit for visitors is {@link PolicyDraft#obstacles}.
 */
final class PolicyDraftReader {
    /** Bytes in the longest draft. */
    static final int MAX_BYTES = 1024 * 1024;

    static final String WHAT = "policy draft";

    private static final int MAX_PURPOSES = 40;
    private static final int MAX_TRACKERS = 500;
    private static final Period LIFETIME = Period.ofMonths(6);
    private static final Period LONGEST = Period.ofMonths(24);
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Pattern DPV = Pattern.compile("dpv:[A-Za-z]{1,80}");
    private static final List<String> TYPES =
            List.of("cookie", "localStorage", "sessionStorage", "indexedDB", "script", "pixel");
    private static final List<String> SIGNALS =
            List.of(
                    "ad_storage",
                    "ad_user_data",
                    "ad_personalization",
                    "analytics_storage",
                    "functionality_storage",
                    "personalization_storage",
                    "security_storage");

    private int trackers;
    private final Set<String> ids = new HashSet<>();

    private PolicyDraftReader() {}

    /** Reads {@code draft}, adding what is wrong to {@code faults}. */
    static PolicyDraft read(JsonObject draft, List<Fault> faults) {
        return JsonForm.read(draft, faults, form -> new PolicyDraftReader().policy(form));
    }

    private PolicyDraft policy(JsonForm form) {
        form.required("purposes");
        List<Purpose> purposes = new ArrayList<>();
        form.forms("purposes", MAX_PURPOSES).forEach(purpose -> purposes.add(purpose(purpose)));
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
                form.bool("googleConsentMode", false),
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

    private Purpose purpose(JsonForm form) {
        form.required("id");
        String id =
                form.matching("id", ID, "a letter, then letters, digits, _ and -, at most 64")
                        .filter(text -> ID.matcher(text).matches())
                        .orElse("");
        if (!id.isEmpty() && !ids.add(id.toLowerCase(Locale.ROOT))) {
            form.fault("id", "another purpose has this id, or one that differs only in case");
            id = "";
        }
        boolean required = form.bool("required", false);
        if (id.equals(PolicyDraft.SESSION) && !required) {
            form.fault("required", "the purpose session is required");
        }
        List<Tracker> declared = new ArrayList<>();
        form.forms("trackers", MAX_TRACKERS).forEach(tracker -> declared.add(tracker(tracker)));
        return new Purpose(
                id,
                required,
                form.matching("dpv", DPV, "a concept such as dpv:ServiceProvision").orElse(null),
                signals(form),
                declared);
    }

    private static List<String> signals(JsonForm form) {
        Map<Integer, String> signals = form.texts("signals", SIGNALS.size(), 100);
        signals.forEach((place, signal) -> {
            if (!SIGNALS.contains(signal)) {
                form.fault("signals/" + place, "expected one of " + String.join(", ", SIGNALS));
            }
        });
        return signals.values().stream().distinct().toList();
    }

    private Tracker tracker(JsonForm form) {
        if (++trackers == MAX_TRACKERS + 1) {
            form.fault("", "a policy declares at most " + MAX_TRACKERS + " trackers");
        }
        form.required("type");
        return new Tracker(
                form.requiredText("name", 200),
                form.oneOf("type", TYPES),
                form.text("provider", 200).orElse(null),
                form.text("domain", 254).orElse(null),
                trackerLifetime(form),
                form.oneOf("match", List.of("exact", "prefix")),
                form.bool("thirdParty", false));
    }

    private static @Nullable String trackerLifetime(JsonForm form) {
        String lifetime = form.text("lifetime", 40).orElse(null);
        if (lifetime != null && !lifetime.equals("session") && !isDuration(lifetime)) {
            form.fault(
                    "lifetime", "expected an ISO 8601 duration such as P13M or PT30M, or session");
        }
        return lifetime;
    }

    private static boolean isDuration(String text) {
        if (Periods.parse(text).isPresent()) {
            return true;
        }
        try {
            return text.startsWith("P") && !Duration.parse(text).isNegative();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** The default language is offered whether the owner wrote anything in it or not. */
    private static Map<String, JsonObject> texts(
            JsonForm form, String defaultLanguage, List<Purpose> purposes) {
        List<String> ids = purposes.stream().map(Purpose::id).filter(id -> !id.isEmpty()).toList();
        Map<String, JsonObject> texts = new TreeMap<>();
        Set<String> languages = new HashSet<>(form.keys());
        if (Languages.isKnown(defaultLanguage)) {
            languages.add(defaultLanguage);
        }
        for (String language : languages.stream().sorted().toList()) {
            if (Languages.isKnown(language)) {
                texts.put(language, Texts.complete(language, form.formOrEmpty(language), ids));
            } else {
                form.fault(language, "expected a BCP 47 language such as en or pt-BR");
            }
        }
        return texts;
    }
}
