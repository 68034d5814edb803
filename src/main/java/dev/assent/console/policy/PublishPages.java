// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.account.Allowed;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.Html;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.site.NewPolicy;
import dev.assent.site.PolicyChange;
import dev.assent.site.PolicyDrafts;
import dev.assent.site.PolicyHistory;
import dev.assent.site.PolicyPreview;
import dev.assent.site.PolicyService;
import dev.assent.site.Site;
import dev.assent.site.Sites;
import dev.assent.web.Problem;
import dev.assent.web.Problem.Fault;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes the draft a version, after a look at what it changes. */
@Controller("/console/sites/{siteKey}/policy/publish")
@Allowed(Role.EDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class PublishPages {
    private static final String CHANGED =
            "Somebody has changed the draft since you looked at it. Nothing was published: look at"
                    + " what it would change now.";

    private final Html html;
    private final Sites sites;
    private final PolicyDrafts drafts;
    private final PolicyPreview preview;
    private final PolicyHistory history;
    private final PolicyService policies;

    PublishPages(
            Html html,
            Sites sites,
            PolicyDrafts drafts,
            PolicyPreview preview,
            PolicyHistory history,
            PolicyService policies) {
        this.html = html;
        this.sites = sites;
        this.drafts = drafts;
        this.preview = preview;
        this.history = history;
        this.policies = policies;
    }

    @Get
    HttpResponse<?> look(SignedIn me, String siteKey) {
        return page(HttpStatus.OK, me, siteKey, Form.EMPTY, "", List.of());
    }

    @Post
    HttpResponse<?> publish(SignedIn me, String siteKey, Form form) {
        try {
            NewPolicy asked = NewPolicy.parse(CanonicalJson.write(wish(form)));
            policies.publish(me, siteKey, asked, form.text("tag"));
            return HttpResponse.seeOther(
                    URI.create(Flash.PUBLISHED.at("/console/sites/" + siteKey + "/versions")));
        } catch (ProblemException e) {
            Problem problem = e.problem();
            return switch (problem.status()) {
                case 412 -> page(HttpStatus.CONFLICT, me, siteKey, form, CHANGED, List.of());
                case 422 ->
                        page(
                                HttpStatus.UNPROCESSABLE_ENTITY,
                                me,
                                siteKey,
                                form,
                                "",
                                Objects.requireNonNullElse(problem.errors(), List.of()));
                default -> throw e;
            };
        }
    }

    /** What the form asks for, as a program would send it. */
    private static JsonObject wish(Form form) {
        var wish = JsonObject.builder().put("material", form.text("material").equals("yes"));
        String reason = form.text("reason").replace("\r\n", "\n").strip();
        if (!reason.isEmpty()) {
            wish.put("reason", reason);
        }
        if (form.text("when").equals("later")) {
            wish.put("effectiveAt", instant(form.text("effectiveAt").strip()));
            String days = form.text("announceDays").strip();
            if (!days.isEmpty()) {
                wish.put("announceDays", days(days));
            }
        }
        return wish.build();
    }

    /** A browser sends a time without its zone; the page says that UTC is meant. */
    private static String instant(String typed) {
        return typed.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}") ? typed + ":00Z" : typed;
    }

    private static JsonValue days(String typed) {
        return typed.matches("[0-9]{1,4}")
                ? new JsonValue.Int(Long.parseLong(typed))
                : new JsonValue.Text(typed);
    }

    private HttpResponse<?> page(
            HttpStatus status,
            SignedIn me,
            String siteKey,
            Form typed,
            String told,
            List<Fault> asked) {
        long organization = me.organizationId();
        Site site = sites.require(organization, siteKey);
        var draft = drafts.find(organization, siteKey);
        List<Fault> faults = new ArrayList<>(asked);
        List<PolicyChange> changes = List.of();
        LastLook look = null;
        List<String> warnings = new ArrayList<>();
        if (draft.isEmpty()) {
            faults.add(new Fault("", "there is no draft yet"));
        } else {
            if (asked.isEmpty()) {
                faults.addAll(draft.get().obstacles());
            }
            warnings.addAll(preview.review(organization, siteKey, draft.get().draft()).warnings());
            if (draft.get().obstacles().isEmpty()) {
                changes = preview.changes(organization, siteKey);
                look = LastLook.of(preview.document(organization, siteKey));
            }
        }
        history.tooOften(organization, siteKey).ifPresent(warnings::add);
        List<PolicyHistory.Listed> versions = history.versions(organization, siteKey);
        int number = versions.isEmpty() ? 1 : versions.getFirst().version() + 1;
        var page =
                new PublishPage(
                        site,
                        number,
                        draft.map(PolicyDrafts.Stored::tag).orElse(""),
                        look,
                        changes,
                        number == 1 || changes.stream().anyMatch(PolicyChange::asks),
                        warnings,
                        told,
                        faults,
                        typed);
        return html.console(status, me, "policy/publish", page);
    }
}
