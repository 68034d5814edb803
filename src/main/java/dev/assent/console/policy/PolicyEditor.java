// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.account.SignedIn;
import dev.assent.account.Trail;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.Html;
import dev.assent.receipt.JsonObject;
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
    HttpResponse<?> stored(SignedIn me, String siteKey, Flash flash) {
        State state =
                drafts.find(me.organizationId(), siteKey)
                        .map(now -> State.of(now))
                        .orElseGet(() -> State.begun(me));
        return draw(me, siteKey, state, flash);
    }

    /** What a file held, in place of the draft that is stored. */
    HttpResponse<?> imported(SignedIn me, String siteKey, DraftFields fields) {
        String told = "This is what the file holds. Look through it, then save it as the draft.";
        State state =
                drafts.find(me.organizationId(), siteKey)
                        .map(now -> State.of(now, fields))
                        .orElseGet(() -> State.of(Form.EMPTY, fields));
        return draw(me, siteKey, state.told(told), Flash.NONE);
    }

    /** The draft as it was sent, not saved. */
    HttpResponse<?> sent(SignedIn me, String siteKey, Form form, DraftFields fields, String told) {
        return draw(me, siteKey, State.of(form, fields).told(told), Flash.NONE);
    }

    /** The same, with all that is wrong about it. */
    HttpResponse<?> checked(SignedIn me, String siteKey, Form form, DraftFields fields) {
        PolicyPreview.Review review = preview.review(me.organizationId(), siteKey, fields.draft());
        State state = State.of(form, fields).told("Checked. Nothing is saved yet.");
        return draw(HttpStatus.OK, me, siteKey, state.wrong(review.faults()), Flash.NONE);
    }

    HttpResponse<?> refused(
            SignedIn me, String siteKey, Form form, DraftFields fields, List<Fault> faults) {
        State state = State.of(form, fields).wrong(faults);
        return draw(HttpStatus.UNPROCESSABLE_ENTITY, me, siteKey, state, Flash.NONE);
    }

    /** Somebody else saved meanwhile: what was sent comes back, and can be saved over theirs. */
    HttpResponse<?> clash(SignedIn me, String siteKey, Form form, DraftFields fields) {
        long organization = me.organizationId();
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
        State state =
                now.map(draft -> State.of(draft, fields))
                        .orElseGet(() -> State.of(Form.EMPTY, fields));
        PolicyPreview.Review review = preview.review(organization, siteKey, fields.draft());
        return draw(
                HttpStatus.CONFLICT,
                me,
                siteKey,
                state.wrong(review.faults()).clashing(clash),
                Flash.NONE);
    }

    /** The few questions of which a first draft is made. */
    HttpResponse<?> starting(
            HttpStatus status,
            SignedIn me,
            String siteKey,
            DraftFields answers,
            List<Fault> faults) {
        Site site = sites.require(me.organizationId(), siteKey);
        var page =
                new PolicyPage(
                        site,
                        "",
                        "",
                        answers,
                        "",
                        faults,
                        List.of(),
                        List.of(),
                        PolicyPage.Clash.NONE,
                        !faults.isEmpty(),
                        Flash.NONE);
        return html.console(status, me, "policy/start", page);
    }

    HttpResponse<?> importing(
            HttpStatus status,
            SignedIn me,
            String siteKey,
            String reason,
            String typed,
            List<Fault> faults) {
        Site site = sites.require(me.organizationId(), siteKey);
        return html.console(
                status, me, "policy/importing", new ImportPage(site, reason, typed, faults));
    }

    private HttpResponse<?> draw(SignedIn me, String siteKey, State state, Flash flash) {
        return draw(HttpStatus.OK, me, siteKey, state, flash);
    }

    private HttpResponse<?> draw(
            HttpStatus status, SignedIn me, String siteKey, State state, Flash flash) {
        Site site = sites.require(me.organizationId(), siteKey);
        PolicyPreview.Review review =
                preview.review(me.organizationId(), siteKey, state.fields().draft());
        var page =
                new PolicyPage(
                        site,
                        state.tag(),
                        state.base(),
                        state.fields(),
                        state.told(),
                        state.faults(),
                        review.obstacles(),
                        review.warnings(),
                        state.clash(),
                        state.unsaved(),
                        flash);
        return html.console(status, me, "policy/editor", page);
    }

    /**
     * What a page of the editor is made of, beside what the rules say of it.
     *
     * @param unsaved whether it came with the request rather than from the store
     */
    private record State(
            String tag,
            String base,
            DraftFields fields,
            boolean unsaved,
            String told,
            List<Fault> faults,
            PolicyPage.Clash clash) {

        static State of(PolicyDrafts.Stored stored) {
            return of(stored, DraftFields.of(stored.draft()), false);
        }

        static State of(PolicyDrafts.Stored stored, DraftFields fields) {
            return of(stored, fields, true);
        }

        private static State of(PolicyDrafts.Stored stored, DraftFields fields, boolean unsaved) {
            return plain(stored.tag(), DraftBase.encode(stored.document()), fields, unsaved);
        }

        static State of(Form form, DraftFields fields) {
            return plain(form.text("tag"), form.text("base"), fields, true);
        }

        static State begun(SignedIn me) {
            return plain("", "", Starter.beginning(me), false)
                    .told("This is a beginning, filled in for you. Nothing is saved yet.");
        }

        private static State plain(String tag, String base, DraftFields fields, boolean unsaved) {
            return new State(tag, base, fields, unsaved, "", List.of(), PolicyPage.Clash.NONE);
        }

        State told(String words) {
            return new State(tag, base, fields, unsaved, words, faults, clash);
        }

        State wrong(List<Fault> found) {
            return new State(tag, base, fields, unsaved, told, found, clash);
        }

        State clashing(PolicyPage.Clash found) {
            return new State(tag, base, fields, unsaved, told, faults, found);
        }
    }

    private String lastWriter(SignedIn me, String siteKey) {
        List<Trail.Event> saved = trail.list(me.organizationId(), "policy-draft-saved", siteKey);
        return saved.isEmpty() ? "" : saved.getLast().who();
    }
}
