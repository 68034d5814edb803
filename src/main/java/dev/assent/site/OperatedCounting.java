// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.Isolation;
import dev.assent.account.SignedIn;
import dev.assent.account.Trail;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.web.Problem.Fault;
import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/**
 * What operators have counted on their sites beside choices, and what they declare of what was
 * found. Both are changes of the draft: visitors are told with the next version.
 */
@Singleton
public class OperatedCounting {
    private static final String PURPOSES = "purposes";
    private static final String TRACKERS = "trackers";

    private final PolicyDrafts drafts;
    private final LivePolicies live;
    private final Isolation isolation;
    private final Trail trail;

    OperatedCounting(PolicyDrafts drafts, LivePolicies live, Isolation isolation, Trail trail) {
        this.drafts = drafts;
        this.live = live;
        this.isolation = isolation;
        this.trail = trail;
    }

    /**
     * What holds for a site.
     *
     * @param live what the version that visitors are shown tells; nothing where there is none
     * @param draft what the next one would; as {@code live} where there is no draft
     * @param purposes of the live version
     * @param draftPurposes ids in the draft, in order
     * @param draftTrackers what the draft declares
     */
    public record State(
            Counting live,
            Counting draft,
            boolean hasDraft,
            List<Purpose> purposes,
            List<String> draftPurposes,
            List<Tracker> draftTrackers) {
        public State {
            purposes = List.copyOf(purposes);
            draftPurposes = List.copyOf(draftPurposes);
            draftTrackers = List.copyOf(draftTrackers);
        }
    }

    /** The state of the operator's own site {@code siteKey}. */
    public State state(SignedIn me, Site site) {
        Optional<PolicyVersion> version = version(site);
        Counting now = version.map(PolicyVersion::counting).orElse(Counting.NOTHING);
        List<Purpose> purposes = version.map(PolicyVersion::purposes).orElse(List.of());
        return site.isRemoved()
                ? new State(now, now, false, purposes, List.of(), List.of())
                : draft(me, site)
                        .map(draft -> state(now, purposes, draft))
                        .orElseGet(
                                () -> new State(now, now, false, purposes, List.of(), List.of()));
    }

    private static State state(Counting now, List<Purpose> purposes, JsonObject draft) {
        PolicyDraft read = PolicyDraftReader.read(draft, new ArrayList<>());
        return new State(
                now,
                read.counting(),
                true,
                purposes,
                read.purposes().stream().map(Purpose::id).filter(id -> !id.isEmpty()).toList(),
                read.purposes().stream().flatMap(purpose -> purpose.trackers().stream()).toList());
    }

    /**
     * Has the next version count, or not.
     *
     * @throws ProblemException 404 without such a site or a draft, 422 for a number out of range
     */
    public void change(SignedIn me, String siteKey, Counting wish) {
        change(
                me,
                siteKey,
                draft -> {
                    var changed = JsonObject.builder();
                    draft.members()
                            .forEach((key, value) -> {
                                if (!key.equals(Counting.SHOWN)
                                        && !key.equals(Counting.UNDECLARED)) {
                                    changed.put(key, value);
                                }
                            });
                    wish.put(changed);
                    return changed.build();
                },
                "counting-changed",
                siteKey);
    }

    /**
     * Declares a tracker in the draft.
     *
     * @param purpose id of one in the draft
     * @param type as trackers have it
     * @param name with a closing {@code *} it is a prefix
     * @throws ProblemException 404 without such a site or draft; 422 with every fault, also where
     *     there is no such purpose
     */
    public void declare(SignedIn me, String siteKey, String purpose, String type, String name) {
        change(
                me,
                siteKey,
                draft -> declared(draft, purpose, type, name),
                "tracker-declared",
                siteKey + " " + purpose + " " + name);
    }

    private static JsonObject declared(JsonObject draft, String purpose, String type, String name) {
        List<JsonValue> purposes = new ArrayList<>(array(draft, PURPOSES));
        int place = 0;
        while (place < purposes.size() && !isCalled(purposes.get(place), purpose)) {
            place++;
        }
        if (place == purposes.size()) {
            throw PolicyDrafts.refused(new Fault("/purposes", "has no purpose of this id"));
        }
        JsonObject found = (JsonObject) purposes.get(place);
        List<JsonValue> trackers = new ArrayList<>(array(found, TRACKERS));
        trackers.add(
                JsonObject.builder()
                        .put("name", name)
                        .put("type", type)
                        .put("match", name.endsWith("*") ? "prefix" : "exact")
                        .build());
        purposes.set(place, with(found, TRACKERS, trackers));
        return with(draft, PURPOSES, purposes);
    }

    private static boolean isCalled(JsonValue purpose, String id) {
        return ((JsonObject) purpose).find("id").filter(new JsonValue.Text(id)::equals).isPresent();
    }

    private static List<JsonValue> array(JsonObject object, String key) {
        return object.find(key).map(value -> ((JsonValue.Array) value).values()).orElse(List.of());
    }

    private static JsonObject with(JsonObject object, String key, List<JsonValue> values) {
        var changed = JsonObject.builder();
        object.members()
                .forEach((name, value) -> {
                    if (!name.equals(key)) {
                        changed.put(name, value);
                    }
                });
        return changed.put(key, new JsonValue.Array(values)).build();
    }

    private void change(
            SignedIn me,
            String siteKey,
            UnaryOperator<JsonObject> change,
            String action,
            String subject) {
        isolation.within(
                me.organizationId(),
                () -> {
                    PolicyDrafts.Stored stored = drafts.read(me.organizationId(), siteKey);
                    byte[] changed = CanonicalJson.write(change.apply(parse(stored.document())));
                    drafts.put(me.organizationId(), siteKey, changed, stored.tag());
                    trail.note(me, action, subject);
                });
    }

    private Optional<JsonObject> draft(SignedIn me, Site site) {
        try {
            return isolation.within(
                    me.organizationId(),
                    () ->
                            Optional.of(
                                    parse(
                                            drafts.read(me.organizationId(), site.siteKey())
                                                    .document())));
        } catch (ProblemException none) {
            return Optional.empty();
        }
    }

    private Optional<PolicyVersion> version(Site site) {
        try {
            return Optional.of(live.require(site.siteKey()).join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException problem
                    && problem.problem().status() == 404) {
                return Optional.empty();
            }
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }

    private static JsonObject parse(byte[] document) {
        try {
            return CanonicalJson.parseObject(document, PolicyDraftReader.MAX_BYTES);
        } catch (JsonException e) {
            throw new IllegalStateException("a stored draft is damaged", e);
        }
    }
}
