// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.account.SignedIn;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a first draft of a few answers: what the site uses, which tools of others, and who asks.
 * They arrive as {@link DraftFields}, beside which stand {@value #USES} and {@value #TOOLS}; what
 * comes of them is an ordinary draft.
 */
final class Starter {
    /** How much the site uses: one of {@link #LEVELS}. */
    static final String USES = "/uses";

    /** Ids of {@link Tool tools}, one a line. */
    static final String TOOLS = "/tools";

    /** Each with the purposes that it takes. */
    static final Map<String, List<String>> LEVELS =
            Map.of(
                    "needed", List.of("session"),
                    "statistics", List.of("session", "analytics"),
                    "advertising", List.of("session", "analytics", "marketing"));

    private static final Map<String, String> CONCEPTS =
            Map.of(
                    "session", "dpv:ServiceProvision",
                    "analytics", "dpv:ServiceUsageAnalytics",
                    "marketing", "dpv:PersonalisedAdvertising");

    /** What this widget keeps in a visitor's browser. */
    private static final List<Map<String, String>> OWN =
            List.of(
                    Map.of("name", "assent", "type", "cookie", "lifetime", "P6M"),
                    Map.of("name", "assent.", "type", "localStorage", "match", "prefix"));

    private Starter() {}

    /** The draft that a site begins with where nobody has answered: the most that is offered. */
    static DraftFields beginning(SignedIn me) {
        return completed(asked(me).with(USES, "advertising"));
    }

    /** What stands in the form before anybody has answered. */
    static DraftFields asked(SignedIn me) {
        JsonObject empty =
                JsonObject.builder().put("ruleset", new JsonValue.Text("opt-in")).build();
        return DraftFields.of(empty)
                .with("/controller/name", me.organizationName())
                .with("/defaultLanguage", "en")
                .with("/lifetime", "P6M");
    }

    /** Whether these fields are answers, of which a draft is still to be made. */
    static boolean isOne(DraftFields fields) {
        return fields.has(TOOLS);
    }

    /** Whether it is said what the site uses, without which nothing can be made. */
    static boolean isAnswered(DraftFields fields) {
        return LEVELS.containsKey(fields.value(USES));
    }

    /** The draft that the answers make; tools of purposes that are not used bring nothing. */
    static DraftFields completed(DraftFields answers) {
        List<String> purposes = LEVELS.getOrDefault(answers.value(USES), List.of("session"));
        List<String> chosen = answers.value(TOOLS).lines().toList();
        DraftFields draft =
                answers.without(USES)
                        .without(TOOLS)
                        .with("/texts/" + answers.value("/defaultLanguage"), "");
        Set<String> held = new HashSet<>();
        for (int i = 0; i < purposes.size(); i++) {
            String purpose = purposes.get(i);
            List<Tool> tools =
                    Tool.of(purpose).stream().filter(it -> chosen.contains(it.id())).toList();
            draft = withPurpose(told(draft, tools), "/purposes/" + i, purpose, tools, held);
        }
        return draft;
    }

    /** The same with those tools told of each choice that ask for it. */
    private static DraftFields told(DraftFields draft, List<Tool> tools) {
        DraftFields told = draft;
        for (Tool tool : tools) {
            told = tool.tells().isEmpty() ? told : told.with("/" + tool.tells(), "yes");
        }
        return told;
    }

    /**
     * @param held hosts that wait for an earlier purpose; a host that two name would wait for both
     */
    private static DraftFields withPurpose(
            DraftFields draft, String at, String id, List<Tool> tools, Set<String> held) {
        boolean required = id.equals("session");
        List<Map<String, String>> trackers = new ArrayList<>(required ? OWN : List.of());
        Set<String> signals = new LinkedHashSet<>();
        Set<String> hosts = new LinkedHashSet<>();
        for (Tool tool : tools) {
            trackers.addAll(tool.trackers());
            signals.addAll(tool.signals());
            tool.hosts().stream().filter(held::add).forEach(hosts::add);
        }
        return withTrackers(draft, at, trackers)
                .with(at + "/id", id)
                .with(at + "/required", required ? "yes" : "")
                .with(at + "/dpv", CONCEPTS.getOrDefault(id, ""))
                .with(at + "/signals", String.join("\n", signals))
                .with(at + "/hosts", String.join("\n", hosts));
    }

    private static DraftFields withTrackers(
            DraftFields draft, String at, List<Map<String, String>> trackers) {
        DraftFields filled = draft;
        for (int i = 0; i < trackers.size(); i++) {
            String tracker = at + "/trackers/" + i + "/";
            for (Map.Entry<String, String> member : trackers.get(i).entrySet()) {
                filled = filled.with(tracker + member.getKey(), member.getValue());
            }
        }
        return filled;
    }
}
