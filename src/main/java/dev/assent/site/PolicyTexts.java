// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an owner may write in each language, and what is built in where nothing is written. */
public final class PolicyTexts {
    /** Languages with built-in texts, by tag: the EU's 24 and six more. */
    public static final List<String> BUILT_IN =
            List.of(
                    "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "he",
                    "hr", "hu", "is", "it", "lt", "lv", "mt", "nb", "nl", "pl", "pt", "ro", "sk",
                    "sl", "sv", "tr", "uk");

    /** What the first layer says, in the order in which one reads it. */
    public static final List<String> OF_THE_BANNER =
            List.of("title", "body", "acceptAll", "rejectAll", "choose");

    /** What the owner alone could write. */
    public static final String CHANGES = "changes";

    /** Names that do not speak for themselves. */
    private static final Map<String, String> LABELS =
            Map.ofEntries(
                    Map.entry("title", "Heading"),
                    Map.entry("body", "What is asked"),
                    Map.entry("acceptAll", "Button: accept all"),
                    Map.entry("rejectAll", "Button: reject all"),
                    Map.entry("choose", "Button: choose"),
                    Map.entry("save", "Button: save"),
                    Map.entry("withdraw", "Button: withdraw"),
                    Map.entry("reopen", "Button: open the settings again"),
                    Map.entry("close", "Name of the button that closes"),
                    Map.entry("preferencesTitle", "Settings: heading"),
                    Map.entry("preferencesBody", "Settings: introduction"),
                    Map.entry("changes", "What changed, in your words"),
                    Map.entry("changed", "Settings: why it is asked again"),
                    Map.entry("isChanged", "Beside what is new or changed"),
                    Map.entry("decided", "Settings: after an answer"),
                    Map.entry("undecided", "Settings: before an answer"),
                    Map.entry("gpc", "Global Privacy Control"),
                    Map.entry("frame", "In place of held content"));

    /** Concepts of the Data Privacy Vocabulary that fit most purposes, in plain words. */
    private static final Map<String, String> CONCEPTS = wordsOfConcepts();

    private PolicyTexts() {}

    /**
     * Every text but those of purposes, as paths such as {@code title} or {@code
     * details/types/cookie}: the banner's first.
     */
    public static List<String> keys() {
        Set<String> keys = new LinkedHashSet<>(OF_THE_BANNER);
        keys.add(CHANGES);
        List<String> nested = new ArrayList<>();
        collect(Texts.builtIn("en").orElseThrow(), "", keys, nested);
        keys.addAll(nested);
        return List.copyOf(keys);
    }

    /** Of {@link #keys()}, what one reads first: the banner, and what changed. */
    public static List<String> firstKeys() {
        return keys().subList(0, OF_THE_BANNER.size() + 1);
    }

    /** The rest of {@link #keys()}. */
    public static List<String> furtherKeys() {
        List<String> keys = keys();
        return keys.subList(OF_THE_BANNER.size() + 1, keys.size());
    }

    /** Whether a language takes this text from the default language if its owner writes none. */
    public static boolean isBorrowed(String language, String path) {
        return Texts.builtIn(language).isEmpty()
                && !path.startsWith("purposes/")
                && !path.equals(CHANGES)
                && !Texts.NEEDED.contains(path);
    }

    /** Whether {@code tag} names a language, in the spelling of BCP 47. */
    public static boolean isLanguage(String tag) {
        return Languages.isKnown(tag);
    }

    /** The built-in text at {@code path}; empty where the language has none. */
    public static String builtIn(String language, String path) {
        return Texts.builtIn(language).map(texts -> Words.text(texts, path.split("/"))).orElse("");
    }

    /** What people call a text. */
    public static String label(String path) {
        String known = LABELS.get(path);
        return known != null ? known : path.replaceFirst("^(details|purposes)/", "$1: ");
    }

    /** In English, with its tag: {@code French (fr)}. */
    public static String languageName(String tag) {
        return Languages.name(tag);
    }

    /** In English: {@code 13 months} for {@code P13M} (ISO 8601). */
    public static String period(String period) {
        return LifetimeWords.of(Periods.usual(period), "en");
    }

    /** Concepts of the Data Privacy Vocabulary that fit most purposes. */
    public static List<String> concepts() {
        return List.copyOf(CONCEPTS.keySet());
    }

    /** What a concept means, with its name; its name alone where that is all that is known. */
    public static String concept(String name) {
        String words = CONCEPTS.get(name);
        return words == null ? name : words + " (" + name + ")";
    }

    /** {@code ltr} or {@code rtl}. */
    public static String direction(String tag) {
        return Languages.direction(tag);
    }

    private static Map<String, String> wordsOfConcepts() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("dpv:ServiceProvision", "The site itself");
        words.put("dpv:RequestedServiceProvision", "Something the visitor asked for");
        words.put("dpv:ServicePersonalisation", "The site as the visitor likes it");
        words.put("dpv:UserInterfacePersonalisation", "How the site looks to the visitor");
        words.put("dpv:ServiceUsageAnalytics", "Statistics on how the site is used");
        words.put("dpv:Marketing", "Marketing");
        words.put("dpv:Advertising", "Advertising");
        words.put("dpv:PersonalisedAdvertising", "Advertising made for the visitor");
        words.put("dpv:SocialMediaMarketing", "Marketing in social media");
        return words;
    }

    private static void collect(
            JsonObject texts, String path, Set<String> flat, List<String> nested) {
        texts.members()
                .forEach((key, text) -> {
                    if (text instanceof JsonObject inner) {
                        if (!key.equals("purposes")) {
                            collect(inner, path + key + "/", flat, nested);
                        }
                    } else if (path.isEmpty()) {
                        flat.add(key);
                    } else {
                        nested.add(path + key);
                    }
                });
    }
}
