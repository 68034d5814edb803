// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonObject;
import dev.assent.web.Problem.Fault;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes of a draft what it would be if it were published now, and keeps nothing of it: for looking
 * at it, and for saying what it would change.
 */
@Singleton
public class PolicyPreview {
    private final Sites sites;
    private final PolicyHistory history;
    private final PolicyDrafts drafts;
    private final PackedWidget widget;
    private final InstantSource clock;

    PolicyPreview(
            Sites sites,
            PolicyHistory history,
            PolicyDrafts drafts,
            PackedWidget widget,
            InstantSource clock) {
        this.sites = sites;
        this.history = history;
        this.drafts = drafts;
        this.widget = widget;
        this.clock = clock;
    }

    /**
     * A draft as visitors would have it.
     *
     * @param script the real one, JavaScript; without {@code <} in what the owner wrote
     * @param artefact the document it would be, canonical JSON
     * @param languages it is offered in
     * @param language of those, the one asked for or the default one
     * @param direction {@code ltr} or {@code rtl}
     */
    public record Preview(
            String script,
            String artefact,
            List<String> languages,
            String language,
            String direction) {}

    /**
     * What of a draft stands in the way, and what is only unwise.
     *
     * @param faults of form, by JSON pointer: it is not saved with them
     * @param obstacles likewise: it is saved, but not published with them
     * @param warnings in words: it may be published
     */
    public record Review(List<Fault> faults, List<Fault> obstacles, List<String> warnings) {}

    /**
     * Composes {@code draft} for a visitor who reads {@code wanted}.
     *
     * @return empty if nothing can be drawn of it yet: it names no known default language
     * @throws dev.assent.web.ProblemException 404 without such a site
     */
    @Transactional
    public Optional<Preview> compose(
            long organizationId, String siteKey, JsonObject draft, String wanted) {
        Site site = sites.require(organizationId, siteKey);
        PolicyDraft policy = PolicyDraftReader.read(draft, new ArrayList<>());
        if (!policy.texts().containsKey(policy.defaultLanguage())) {
            return Optional.empty();
        }
        List<String> languages = policy.texts().keySet().stream().sorted().toList();
        String language = Languages.nearest(languages, policy.defaultLanguage(), wanted);
        JsonObject artefact = artefact(site, policy);
        WidgetBuild core = widget.coreFor(artefact);
        Hash sha256 = Hash.of(CanonicalJson.write(artefact));
        byte[] script = SiteScript.join(core, ScriptPayload.of(artefact, sha256));
        return Optional.of(
                new Preview(
                        new String(script, UTF_8),
                        CanonicalJson.writeText(artefact),
                        languages,
                        language,
                        Languages.direction(language)));
    }

    /** What is wrong or unwise about {@code draft}. */
    @Transactional
    public Review review(long organizationId, String siteKey, JsonObject draft) {
        Site site = sites.require(organizationId, siteKey);
        List<Fault> faults = new ArrayList<>();
        PolicyDraft policy = PolicyDraftReader.read(draft, faults);
        return new Review(
                List.copyOf(faults),
                policy.obstaclesInConsole(site.origins()),
                PolicyWarnings.of(policy, draft));
    }

    /**
     * The document that publishing the stored draft would make: all that visitors could be shown.
     *
     * @throws dev.assent.web.ProblemException 404 without such a site; 422 where the draft cannot
     *     be published
     */
    @Transactional
    public JsonObject document(long organizationId, String siteKey) {
        Site site = sites.require(organizationId, siteKey);
        return artefact(site, drafts.publishable(site));
    }

    /**
     * What publishing the stored draft would change about the newest version, in words; everything
     * that it brings if there is none yet.
     *
     * @throws dev.assent.web.ProblemException 404 without such a site; 422 where the draft cannot
     *     be published
     */
    @Transactional
    public List<PolicyChange> changes(long organizationId, String siteKey) {
        Site site = sites.require(organizationId, siteKey);
        JsonObject now = artefact(site, drafts.publishable(site));
        return PolicyChanges.between(history.newest(site).orElse(JsonObject.empty()), now);
    }

    /** What leads from one draft to another, in words. */
    @Transactional
    public List<PolicyChange> changes(
            long organizationId, String siteKey, JsonObject from, JsonObject to) {
        Site site = sites.require(organizationId, siteKey);
        return PolicyChanges.between(artefact(site, from), artefact(site, to));
    }

    private JsonObject artefact(Site site, JsonObject draft) {
        return artefact(site, PolicyDraftReader.read(draft, new ArrayList<>()));
    }

    /** Compared with nothing: nobody who looks at a preview has answered before. */
    private JsonObject artefact(Site site, PolicyDraft draft) {
        JsonObject plain = Artefact.compose(site, draft, edition(widget.plain()), null);
        return Artefact.compose(site, draft, edition(widget.coreFor(plain)), null);
    }

    private Artefact.Edition edition(WidgetBuild core) {
        return new Artefact.Edition(
                1, 1, true, "Preview", core.sha256(), clock.instant(), clock.instant(), null);
    }
}
