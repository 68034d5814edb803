// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.account.JsonForm;
import dev.assent.account.SignedIn;
import dev.assent.account.Trail;
import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.web.Problem.Fault;
import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The draft of each site: at most one, changed as often as its owner likes. */
@Singleton
public class PolicyDrafts {
    private final PolicyDraftRepository drafts;
    private final Sites sites;
    private final Trail trail;
    private final InstantSource clock;

    PolicyDrafts(PolicyDraftRepository drafts, Sites sites, Trail trail, InstantSource clock) {
        this.drafts = drafts;
        this.sites = sites;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * A draft as it is stored.
     *
     * @param document canonical JSON, UTF-8: what the owner sent, without what is built in
     * @param tag its SHA-256 in quotes: an entity tag
     * @param obstacles what keeps it from being published
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by its tag
    public record Stored(byte[] document, String tag, Instant updatedAt, List<Fault> obstacles) {

        /** What the owner wrote. */
        public JsonObject draft() {
            return parse(document);
        }
    }

    /**
     * The site's draft, with what keeps it from being published in the console; empty if it has
     * none yet.
     *
     * @throws ProblemException 404 without such a site
     */
    @Transactional
    public Optional<Stored> find(long organizationId, String siteKey) {
        Site site = sites.require(organizationId, siteKey);
        return drafts.find(site.id())
                .map(row -> {
                    List<Fault> faults = new ArrayList<>();
                    PolicyDraft policy = PolicyDraftReader.read(parse(row.document()), faults);
                    faults.addAll(policy.obstaclesInConsole(site.origins()));
                    return stored(row.document(), row.updatedAt(), faults);
                });
    }

    /**
     * Reads what may become the site's draft; nothing is kept of it.
     *
     * @param text JSON
     * @throws ProblemException 404 without such a site; 400, 413 or 422 for what is no draft
     */
    @Transactional
    public JsonObject check(long organizationId, String siteKey, String text) {
        sites.require(organizationId, siteKey);
        JsonObject draft =
                JsonForm.parse(
                        text.getBytes(UTF_8), PolicyDraftReader.WHAT, PolicyDraftReader.MAX_BYTES);
        List<Fault> faults = new ArrayList<>();
        PolicyDraftReader.read(draft, faults);
        if (!faults.isEmpty()) {
            throw ProblemException.unacceptable(PolicyDraftReader.WHAT, faults);
        }
        return draft;
    }

    /**
     * Keeps what an operator wrote, and notes who it was.
     *
     * @param tag of the draft that it is a change of; empty: there was none
     * @throws ProblemException as {@link #put}
     */
    @Transactional
    public Stored save(SignedIn by, String siteKey, JsonObject draft, String tag) {
        Site site = sites.lock(by.organizationId(), siteKey);
        if (tag.isEmpty() && drafts.find(site.id()).isPresent()) {
            throw ProblemException.changedMeanwhile(PolicyDraftReader.WHAT);
        }
        byte[] document = CanonicalJson.write(draft);
        Stored stored = put(by.organizationId(), siteKey, document, tag.isEmpty() ? null : tag);
        trail.note(by, "policy-draft-saved", siteKey);
        return stored;
    }

    /**
     * The site's draft.
     *
     * @throws ProblemException 404 if it has none, or there is no such site
     */
    @Transactional
    Stored read(long organizationId, String siteKey) {
        Site site = sites.require(organizationId, siteKey);
        return drafts.find(site.id())
                .map(row -> stored(row.document(), row.updatedAt(), List.of()))
                .orElseThrow(() -> ProblemException.notFound("policy draft"));
    }

    /**
     * Keeps {@code body} as the site's draft, in place of the one before.
     *
     * @param ifMatch the tag of the draft that it is a change of; absent: whatever is there
     * @throws ProblemException 412 if another draft is there than {@code ifMatch} says; 422 with
     *     every fault; the draft before is then untouched
     */
    @Transactional
    public void put(long organizationId, String siteKey, byte[] body) {
        put(organizationId, siteKey, body, null);
    }

    @Transactional
    Stored put(long organizationId, String siteKey, byte[] body, @Nullable String ifMatch) {
        JsonObject draft =
                JsonForm.parse(body, PolicyDraftReader.WHAT, PolicyDraftReader.MAX_BYTES);
        List<Fault> faults = new ArrayList<>();
        PolicyDraft policy = PolicyDraftReader.read(draft, faults);
        Site site = sites.lock(organizationId, siteKey);
        if (!faults.isEmpty()) {
            throw ProblemException.unacceptable(PolicyDraftReader.WHAT, faults);
        }
        if (ifMatch != null && !matches(ifMatch, drafts.find(site.id()))) {
            throw ProblemException.changedMeanwhile(PolicyDraftReader.WHAT);
        }
        byte[] document = CanonicalJson.write(draft);
        drafts.put(site.id(), document, clock.instant());
        return stored(document, clock.instant(), policy.obstacles(site.origins()));
    }

    /**
     * The site's draft, fit to be published.
     *
     * @throws ProblemException 422 with every fault and obstacle; also where there is no draft
     */
    PolicyDraft publishable(Site site) {
        return publishable(site, null);
    }

    /**
     * As {@link #publishable(Site)}, if it is the very draft that was looked at.
     *
     * @param tag of that draft, as the console gives it; absent: whatever is there
     * @throws ProblemException 412 if another is there
     */
    PolicyDraft publishable(Site site, @Nullable String tag) {
        byte[] document =
                drafts.find(site.id())
                        .orElseThrow(() -> refused(new Fault("", "there is no draft yet")))
                        .document();
        if (tag != null && !tag.equals(tag(document))) {
            throw ProblemException.changedMeanwhile(PolicyDraftReader.WHAT);
        }
        List<Fault> faults = new ArrayList<>();
        PolicyDraft policy = PolicyDraftReader.read(parse(document), faults);
        // Checked again: the rules may have become stricter since it was saved.
        if (faults.isEmpty()) {
            faults.addAll(
                    tag == null
                            ? policy.obstacles(site.origins())
                            : policy.obstaclesInConsole(site.origins()));
        }
        if (!faults.isEmpty()) {
            throw ProblemException.unacceptable(PolicyDraftReader.WHAT, faults);
        }
        return policy;
    }

    static ProblemException refused(Fault fault) {
        return ProblemException.unacceptable(PolicyDraftReader.WHAT, List.of(fault));
    }

    private static boolean matches(String ifMatch, Optional<PolicyDraftRepository.Row> current) {
        return current.isPresent()
                && (ifMatch.strip().equals("*")
                        || List.of(ifMatch.strip().split("\\s*,\\s*"))
                                .contains(tag(current.get().document())));
    }

    private static Stored stored(byte[] document, Instant updatedAt, List<Fault> obstacles) {
        return new Stored(document, tag(document), updatedAt, obstacles);
    }

    private static String tag(byte[] document) {
        return '"' + Hash.of(document).hex() + '"';
    }

    private static JsonObject parse(byte[] document) {
        try {
            return CanonicalJson.parseObject(document, PolicyDraftReader.MAX_BYTES);
        } catch (JsonException e) {
            throw new IllegalStateException("a stored draft is damaged", e);
        }
    }
}
