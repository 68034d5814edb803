// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.JsonObject;
import dev.assent.web.Problem.Fault;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy as its owner means it, read and completed, ready to be published unless there are {@link
 * #obstacles}. {@link PolicyDraftReader} makes it.
 *
 * @param controller who asks: {@code name}, perhaps {@code address} and {@code contact}
 * @param lifetime a day to 24 months
 * @param purposes in the order shown, at most 40
 * @param texts complete, by language
 */
record PolicyDraft(
        @Nullable JsonObject controller,
        @Nullable String privacyPolicyUrl,
        String defaultLanguage,
        Period lifetime,
        String ruleset,
        Signals signals,
        Counting counting,
        boolean reloadOnWithdrawal,
        List<Purpose> purposes,
        Map<String, JsonObject> texts,
        Appearance appearance) {

    /** The purpose that every site has: what the site itself needs. */
    static final String SESSION = "session";

    PolicyDraft {
        purposes = List.copyOf(purposes);
        texts = Map.copyOf(texts);
    }

    /**
     * What keeps a well-formed draft from being published: an owner may save such a draft and go on
     * later, but no visitor is shown it.
     *
     * @param origins of the site, as {@link Site} has them
     */
    List<Fault> obstacles(List<String> origins) {
        List<Fault> obstacles = new ArrayList<>();
        if (purposes.stream().noneMatch(purpose -> purpose.id().equals(SESSION))) {
            obstacles.add(new Fault("/purposes", "there is no purpose " + SESSION + ", required"));
        }
        ownHosts(origins, obstacles);
        appearance.obstacle().ifPresent(obstacles::add);
        texts.keySet().stream().sorted().forEach(language -> equalButtons(language, obstacles));
        return obstacles;
    }

    /**
     * The same for an operator in the console, where who asks must be named as well: GDPR article
     * 13 (1) (a), recital 42. A program may leave that to the texts.
     */
    List<Fault> obstaclesInConsole(List<String> origins) {
        List<Fault> obstacles = new ArrayList<>();
        if (controller == null) {
            obstacles.add(
                    new Fault(
                            "/controller/name",
                            "nobody is named: visitors must be told who asks them"));
        }
        obstacles.addAll(obstacles(origins));
        return obstacles;
    }

    /** What the site itself brings cannot wait for an answer that the site asks for. */
    private void ownHosts(List<String> origins, List<Fault> obstacles) {
        for (int i = 0; i < purposes.size(); i++) {
            List<String> hosts = purposes.get(i).hosts();
            for (int j = 0; j < hosts.size(); j++) {
                String host = hosts.get(j);
                if (origins.stream().anyMatch(origin -> Hosts.covers(host, origin))) {
                    obstacles.add(
                            new Fault(
                                    "/purposes/" + i + "/hosts/" + j,
                                    "would hold back the site itself, which is one of its"
                                            + " origins"));
                }
            }
        }
    }

    /** The widget draws both buttons alike; only their words could mislead. */
    private void equalButtons(String language, List<Fault> obstacles) {
        JsonObject text = texts.get(language);
        String accept = text == null ? "" : Words.text(text, "acceptAll");
        if (text != null && !accept.isEmpty() && accept.equals(Words.text(text, "rejectAll"))) {
            obstacles.add(
                    new Fault(
                            "/texts/" + language + "/rejectAll",
                            "says the same as acceptAll, so nobody can tell them apart"));
        }
    }
}
