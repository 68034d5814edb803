// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What may be published, but is unwise, in words for its owner. */
final class PolicyWarnings {
    /** Cookies and keys of tags that measure or advertise, by how their names begin. */
    private static final Pattern VENDOR_TRACKER =
            Pattern.compile(
                    "(?:_ga|_gid|_gat|_gac|_gcl|__utm|_fbp|_fbc|fr$|IDE$|NID$|test_cookie|_uet|MUID"
                            + "|_clck|_clsk|CLID|_hj|_pk_|_tt_|_ttp|_pin_|_scid|li_|bcookie"
                            + "|AnalyticsSyncHistory|ajs_|amp_|mp_|__hs|hubspot|_pin|_rdt|optimizely"
                            + "|intercom-|_dd_s).*");

    /** Hosts and names of those who make such tags. */
    private static final Pattern VENDOR =
            Pattern.compile(
                    "google-?analytics|googletagmanager|google ads|doubleclick|googlesyndication"
                            + "|facebook|meta pixel|connect\\.facebook|hotjar|clarity|bing|tiktok"
                            + "|linkedin|pinterest|snapchat|criteo|matomo|mixpanel|amplitude|segment"
                            + "|hubspot|fullstory|taboola|outbrain|adnxs|adroll|twitter|reddit");

    private static final String NO_CONTACT =
            "No contact is named. Visitors are to be told where they can write to about their data,"
                    + " such as privacy@example.com (GDPR article 13).";

    private PolicyWarnings() {}

    /**
     * @param policy as it is read
     * @param draft as its owner wrote it
     */
    static List<String> of(PolicyDraft policy, JsonObject draft) {
        List<String> warnings = new ArrayList<>(of(policy.purposes()));
        if (policy.controller() != null && policy.controller().find("contact").isEmpty()) {
            warnings.add(NO_CONTACT);
        }
        undeclared(policy).ifPresent(warnings::add);
        policy.texts().keySet().stream()
                .filter(language -> !language.equals(policy.defaultLanguage()))
                .filter(language -> Texts.builtIn(language).isEmpty())
                .sorted()
                .forEach(language ->
                        borrowed(language, draft)
                                .ifPresent(count ->
                                        warnings.add(
                                                told(language, count, policy.defaultLanguage()))));
        return warnings;
    }

    /** Purposes that visitors are asked for without being told what is set under them. */
    private static Optional<String> undeclared(PolicyDraft policy) {
        String names =
                policy.purposes().stream()
                        .filter(purpose -> !purpose.required() && purpose.trackers().isEmpty())
                        .map(purpose -> "“" + name(purpose, policy) + "”")
                        .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "No cookie or other tracker is declared under "
                                + names
                                + ". If anything is set there, visitors are to be told of it by"
                                + " name.");
    }

    private static String name(Purpose purpose, PolicyDraft policy) {
        JsonObject texts =
                policy.texts().getOrDefault(policy.defaultLanguage(), JsonObject.empty());
        String name = Words.text(texts, "purposes", purpose.id(), "name");
        return name.isEmpty() ? purpose.id() : name;
    }

    /** How many texts a language without built-in ones takes from the default language. */
    private static Optional<Long> borrowed(String language, JsonObject draft) {
        long count =
                PolicyTexts.keys().stream()
                        .filter(key -> !Texts.NEEDED.contains(key))
                        .filter(key -> !key.equals(PolicyTexts.CHANGES))
                        .filter(key -> draft.find("texts", language).isPresent())
                        .filter(key -> draft.find(path(language, key)).isEmpty())
                        .count();
        return Optional.of(count).filter(it -> it > 0);
    }

    private static String[] path(String language, String key) {
        return ("texts/" + language + "/" + key).split("/");
    }

    private static String told(String language, long count, String usual) {
        return Languages.name(language)
                + " has no built-in texts: "
                + count
                + (count == 1 ? " text is" : " texts are")
                + " shown in "
                + Languages.name(usual)
                + " until you write "
                + (count == 1 ? "it." : "them.");
    }

    static List<String> of(List<Purpose> purposes) {
        List<String> warnings = new ArrayList<>();
        purposes.stream()
                .filter(Purpose::required)
                .forEach(purpose ->
                        vendor(purpose)
                                .ifPresent(vendor ->
                                        warnings.add(
                                                "Purpose “"
                                                        + purpose.id()
                                                        + "” is always on, yet "
                                                        + vendor
                                                        + ". Only what the site cannot work without"
                                                        + " may run unasked: give it a purpose of"
                                                        + " its own.")));
        return warnings;
    }

    /** What in a purpose looks like somebody's tag for measuring or advertising. */
    private static Optional<String> vendor(Purpose purpose) {
        return purpose.trackers().stream()
                .filter(PolicyWarnings::isVendors)
                .findFirst()
                .map(tracker ->
                        "declares “" + tracker.name() + "”, which looks like a vendor’s tag")
                .or(() ->
                        purpose.hosts().stream()
                                .filter(host -> VENDOR.matcher(host).find())
                                .findFirst()
                                .map(host -> "holds back “" + host + "”, a vendor’s host"))
                .or(() ->
                        purpose.signals().stream()
                                .filter(signal -> signal.matches("ad_.*|analytics_storage"))
                                .findFirst()
                                .map(signal -> "grants the signal " + signal));
    }

    private static boolean isVendors(Tracker tracker) {
        String provider = tracker.provider() == null ? "" : tracker.provider();
        return VENDOR_TRACKER.matcher(tracker.name()).matches()
                || VENDOR.matcher(provider.toLowerCase(Locale.ROOT)).find()
                || VENDOR.matcher(tracker.name().toLowerCase(Locale.ROOT)).find();
    }
}
