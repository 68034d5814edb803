// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.account.SignedIn;
import dev.assent.account.Trail;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.site.PolicyChange;
import dev.assent.site.PolicyDrafts;
import dev.assent.site.PolicyPreview;
import dev.assent.site.Site;
import dev.assent.site.Sites;
import dev.assent.web.Problem.Fault;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Draws the editor in each of its states. */
@Singleton
final class PolicyEditor {
    private final Html html;
    private final Sites sites;
    private final PolicyDrafts drafts;
    private final PolicyPreview preview;
    private final Trail trail;

    PolicyEditor(Html html, Sites sites, PolicyDrafts drafts, PolicyPreview preview, Trail trail) {
        this.html = html;
        this.sites = sites;
        this.drafts = drafts;
        this.preview = preview;
        this.trail = trail;
    }

    /** The draft as it is stored; a beginning where there is none. */
    HttpResponse<?> stored(SignedIn me, String siteKey, String told) {
        Optional<PolicyDrafts.Stored> stored = drafts.find(me.organizationId(), siteKey);
        return stored.isPresent()
                ? page(
                        HttpStatus.OK,
                        me,
                        siteKey,
                        stored,
                        DraftFields.of(stored.get().draft()),
                        told)
                : page(
                        HttpStatus.OK,
                        me,
                        siteKey,
                        stored,
                        beginning(me),
                        "This is a beginning, filled in for you. Nothing is saved yet.");
    }

    /** The draft as it was sent, not saved. */
    HttpResponse<?> sent(SignedIn me, String siteKey, Form form, DraftFields fields, String told) {
        return draw(HttpStatus.OK, me, siteKey, form, fields, told, List.of());
    }

    /** What a file held, in place of the draft that is stored. */
    HttpResponse<?> imported(SignedIn me, String siteKey, DraftFields fields) {
        Optional<PolicyDrafts.Stored> stored = drafts.find(me.organizationId(), siteKey);
        String told = "This is what the file holds. Look through it, then save it as the draft.";
        return page(HttpStatus.OK, me, siteKey, stored, fields, told);
    }

    HttpResponse<?> refused(
            SignedIn me, String siteKey, Form form, DraftFields fields, List<Fault> faults) {
        return draw(HttpStatus.UNPROCESSABLE_ENTITY, me, siteKey, form, fields, "", faults);
    }

    /** Somebody else saved meanwhile: what was sent comes back, and can be saved over theirs. */
    HttpResponse<?> clash(SignedIn me, String siteKey, Form form, DraftFields fields) {
        long organization = me.organizationId();
        Site site = sites.require(organization, siteKey);
        Optional<PolicyDrafts.Stored> now = drafts.find(organization, siteKey);
        JsonObject theirs = now.map(PolicyDrafts.Stored::draft).orElse(JsonObject.empty());
        List<PolicyChange> changes =
                DraftBase.decode(form.text("base"))
                        .map(base -> preview.changes(organization, siteKey, base, theirs))
                        .orElse(List.of());
        var clash =
                new PolicyPage.Clash(
                        true,
                        lastWriter(me, siteKey),
                        changes,
                        preview.changes(organization, siteKey, theirs, fields.draft()));
        PolicyPreview.Review review = preview.review(organization, siteKey, fields.draft());
        var page =
                new PolicyPage(
                        siteKey,
                        site.name(),
                        now.map(PolicyDrafts.Stored::tag).orElse(""),
                        now.map(draft -> DraftBase.encode(draft.document())).orElse(""),
                        fields,
                        "",
                        review.faults(),
                        review.obstacles(),
                        review.warnings(),
                        clash);
        return html.console(HttpStatus.CONFLICT, me, "policy/editor", page);
    }

    HttpResponse<?> importing(
            HttpStatus status, SignedIn me, String siteKey, String reason, List<Fault> faults) {
        Site site = sites.require(me.organizationId(), siteKey);
        return html.console(
                status,
                me,
                "policy/importing",
                new ImportPage(siteKey, site.name(), reason, faults));
    }

    private HttpResponse<?> draw(
            HttpStatus status,
            SignedIn me,
            String siteKey,
            Form form,
            DraftFields fields,
            String told,
            List<Fault> faults) {
        Site site = sites.require(me.organizationId(), siteKey);
        PolicyPreview.Review review = preview.review(me.organizationId(), siteKey, fields.draft());
        var page =
                new PolicyPage(
                        siteKey,
                        site.name(),
                        form.text("tag"),
                        form.text("base"),
                        fields,
                        told,
                        faults,
                        review.obstacles(),
                        review.warnings(),
                        PolicyPage.Clash.NONE);
        return html.console(status, me, "policy/editor", page);
    }

    private HttpResponse<?> page(
            HttpStatus status,
            SignedIn me,
            String siteKey,
            Optional<PolicyDrafts.Stored> stored,
            DraftFields fields,
            String told) {
        Form form =
                new Form(
                        List.of(
                                new Form.Field(
                                        "tag", stored.map(PolicyDrafts.Stored::tag).orElse("")),
                                new Form.Field(
                                        "base",
                                        stored.map(draft -> DraftBase.encode(draft.document()))
                                                .orElse(""))));
        return draw(status, me, siteKey, form, fields, told, List.of());
    }

    private String lastWriter(SignedIn me, String siteKey) {
        List<Trail.Event> saved = trail.list(me.organizationId(), "policy-draft-saved", siteKey);
        return saved.isEmpty() ? "" : saved.getLast().who();
    }

    /** What most sites need: the site itself, and two purposes that must be asked for. */
    static DraftFields beginning(SignedIn me) {
        DraftFields empty =
                DraftFields.of(
                        JsonObject.builder().put("ruleset", new JsonValue.Text("opt-in")).build());
        return empty.with("/controller/name", me.organizationName())
                .with("/defaultLanguage", "en")
                .with("/lifetime", "P6M")
                .with("/texts/en", "")
                .with("/purposes/0/id", "session")
                .with("/purposes/0/required", "yes")
                .with("/purposes/0/dpv", "dpv:ServiceProvision")
                .with("/purposes/0/trackers/0/name", "assent")
                .with("/purposes/0/trackers/0/type", "cookie")
                .with("/purposes/0/trackers/0/lifetime", "P6M")
                .with("/purposes/0/trackers/1/name", "assent.")
                .with("/purposes/0/trackers/1/type", "localStorage")
                .with("/purposes/0/trackers/1/match", "prefix")
                .with("/purposes/1/id", "analytics")
                .with("/purposes/1/dpv", "dpv:ServiceUsageAnalytics")
                .with("/purposes/2/id", "marketing")
                .with("/purposes/2/dpv", "dpv:PersonalisedAdvertising");
    }
}
