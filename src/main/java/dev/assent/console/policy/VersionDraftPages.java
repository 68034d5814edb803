// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.account.Allowed;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.Html;
import dev.assent.receipt.JsonObject;
import dev.assent.site.PolicyChange;
import dev.assent.site.PolicyDrafts;
import dev.assent.site.PolicyHistory;
import dev.assent.site.PolicyPreview;
import dev.assent.site.Sites;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Makes the draft say again what a published version says; the version stays as it is. */
@Controller("/console/sites/{siteKey}/versions/{version}/draft")
@Allowed(Role.EDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class VersionDraftPages {
    private final Html html;
    private final Sites sites;
    private final PolicyHistory history;
    private final PolicyDrafts drafts;
    private final PolicyPreview preview;

    VersionDraftPages(
            Html html,
            Sites sites,
            PolicyHistory history,
            PolicyDrafts drafts,
            PolicyPreview preview) {
        this.html = html;
        this.sites = sites;
        this.history = history;
        this.drafts = drafts;
        this.preview = preview;
    }

    /** Asks first where the draft has changes that would be lost and were not yet shown. */
    @Post
    HttpResponse<?> use(SignedIn me, String siteKey, String version, Form form) {
        int number = VersionPages.number(version);
        JsonObject again = history.draft(me.organizationId(), siteKey, number);
        Optional<PolicyDrafts.Stored> now = drafts.find(me.organizationId(), siteKey);
        String tag = now.map(PolicyDrafts.Stored::tag).orElse("");
        List<PolicyChange> lost =
                now.map(draft -> changes(me, siteKey, draft.draft())).orElse(List.of());
        if (!lost.isEmpty() && !form.text("tag").equals(tag)) {
            var page =
                    new ReplacePage(sites.require(me.organizationId(), siteKey), number, tag, lost);
            return html.console(HttpStatus.CONFLICT, me, "policy/replace", page);
        }
        drafts.save(me, siteKey, again, tag);
        return HttpResponse.seeOther(
                URI.create(Flash.DRAFT_AGAIN.at("/console/sites/" + siteKey + "/policy")));
    }

    /** What a draft says otherwise than the newest version. */
    private List<PolicyChange> changes(SignedIn me, String siteKey, JsonObject draft) {
        int newest =
                history.versions(me.organizationId(), siteKey).stream()
                        .map(PolicyHistory.Listed::version)
                        .findFirst()
                        .orElseThrow(() -> ProblemException.notFound("policy version"));
        JsonObject published = history.draft(me.organizationId(), siteKey, newest);
        return preview.changes(me.organizationId(), siteKey, published, draft);
    }
}
