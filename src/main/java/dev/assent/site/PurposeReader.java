// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.JsonForm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the purposes of a draft, and gathers every fault of form. */
final class PurposeReader {
    private static final int MAX_PURPOSES = 40;
    private static final int MAX_TRACKERS = 500;
    private static final int MAX_HOSTS = 50;
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Pattern DPV = Pattern.compile("dpv:[A-Za-z]{1,80}");
    private static final List<String> SIGNALS =
            List.of(
                    "ad_storage",
                    "ad_user_data",
                    "ad_personalization",
                    "analytics_storage",
                    "functionality_storage",
                    "personalization_storage",
                    "security_storage");
    private static final Set<String> ADVERTISING_SIGNALS =
            Set.of("ad_storage", "ad_user_data", "ad_personalization");

    /** Of the Data Privacy Vocabulary 2, what lies under marketing and selling data. */
    private static final Set<String> ADVERTISING =
            Set.of(
                    "dpv:Marketing",
                    "dpv:Advertising",
                    "dpv:PersonalisedAdvertising",
                    "dpv:NonPersonalisedAdvertising",
                    "dpv:TargetedAdvertising",
                    "dpv:DirectMarketing",
                    "dpv:SocialMediaMarketing",
                    "dpv:SellDataToThirdParties",
                    "dpv:SellInsightsFromData");

    private int trackers;
    private final Set<String> ids = new HashSet<>();

    private PurposeReader() {}

    /** The purposes of {@code draft}, in its order. */
    static List<Purpose> read(JsonForm draft) {
        draft.required("purposes");
        PurposeReader reader = new PurposeReader();
        List<Purpose> purposes = new ArrayList<>();
        draft.forms("purposes", MAX_PURPOSES)
                .forEach(purpose -> purposes.add(reader.purpose(purpose)));
        return purposes;
    }

    private Purpose purpose(JsonForm form) {
        String id = id(form);
        boolean required = form.bool("required", false);
        if (id.equals(PolicyDraft.SESSION) && !required) {
            form.fault("required", "the purpose session is required");
        }
        String dpv =
                form.matching("dpv", DPV, "a concept such as dpv:ServiceProvision").orElse(null);
        List<String> signals = signals(form);
        return new Purpose(
                id,
                required,
                dpv,
                signals,
                hosts(form),
                saleOrShare(form, required, dpv, signals),
                trackers(form));
    }

    private String id(JsonForm form) {
        form.required("id");
        String id =
                form.matching("id", ID, "a letter, then letters, digits, _ and -, at most 64")
                        .filter(text -> ID.matcher(text).matches())
                        .orElse("");
        if (!id.isEmpty() && !ids.add(id.toLowerCase(Locale.ROOT))) {
            form.fault("id", "another purpose has this id, or one that differs only in case");
            return "";
        }
        return id;
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

    private static List<String> hosts(JsonForm form) {
        Map<Integer, String> hosts = new TreeMap<>();
        form.texts("hosts", MAX_HOSTS, Hosts.MAX_LENGTH)
                .forEach((place, text) -> {
                    Optional<String> host = Hosts.normalise(text);
                    if (host.isEmpty()) {
                        form.fault("hosts/" + place, Hosts.EXPECTED);
                    } else if (hosts.containsValue(host.get())) {
                        form.fault("hosts/" + place, "stands here twice");
                    } else {
                        hosts.put(place, host.get());
                    }
                });
        return List.copyOf(hosts.values());
    }

    /** Where nothing is said, advertising is taken for what it mostly is. */
    private static boolean saleOrShare(
            JsonForm form, boolean required, @Nullable String dpv, List<String> signals) {
        boolean advertises =
                signals.stream().anyMatch(ADVERTISING_SIGNALS::contains)
                        || (dpv != null && ADVERTISING.contains(dpv));
        boolean saleOrShare = form.bool("saleOrShare", advertises);
        if (saleOrShare && required && form.has("saleOrShare")) {
            form.fault("saleOrShare", "what is required cannot be switched off on request");
        }
        return saleOrShare;
    }

    private List<Tracker> trackers(JsonForm form) {
        List<Tracker> declared = new ArrayList<>();
        form.forms("trackers", MAX_TRACKERS)
                .forEach(tracker -> {
                    if (++trackers == MAX_TRACKERS + 1) {
                        tracker.fault(
                                "", "a policy declares at most " + MAX_TRACKERS + " trackers");
                    }
                    declared.add(TrackerReader.read(tracker));
                });
        return declared;
    }
}
