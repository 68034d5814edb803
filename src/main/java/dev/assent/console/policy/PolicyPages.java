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
import dev.assent.site.PolicyDrafts;
import dev.assent.site.Sites;
import dev.assent.web.Problem;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * The editor of a site's policy draft. Its one form is sent whole with every press of a button:
 * those that add, remove and move show it again changed and save nothing.
 */
@Controller("/console/sites/{siteKey}/policy")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
@Produces(Html.TYPE)
@Hidden
class PolicyPages {
    private final Sites sites;
    private final PolicyDrafts drafts;
    private final PolicyEditor editor;

    PolicyPages(Sites sites, PolicyDrafts drafts, PolicyEditor editor) {
        this.sites = sites;
        this.drafts = drafts;
        this.editor = editor;
    }

    @Get
    HttpResponse<?> edit(SignedIn me, String siteKey, @QueryValue(defaultValue = "") String done) {
        return editor.stored(me, siteKey, Flash.of(done));
    }

    @Post
    @Allowed(Role.EDITOR)
    HttpResponse<?> act(SignedIn me, String siteKey, Form form) {
        sites.require(me.organizationId(), siteKey);
        requireWhole(form);
        String wish = form.text("do");
        DraftFields fields = DraftFields.of(form);
        return switch (wish) {
            case "", "save" ->
                    save(me, siteKey, form, fields, Flash.DRAFT_SAVED.at(draft(siteKey)));
            case "publish" -> save(me, siteKey, form, fields, draft(siteKey) + "/publish");
            case "check" -> editor.checked(me, siteKey, form, fields);
            default -> {
                DraftFields changed = DraftWish.of(wish, form).apply(fields);
                String told =
                        wish.equals("add-language")
                                        && changed.languages().equals(fields.languages())
                                ? "There is no such language to add: a tag is en or pt-BR."
                                : "Not saved yet.";
                yield editor.sent(me, siteKey, form, changed, told);
            }
        };
    }

    /** Saves, and leads to {@code next}. */
    private HttpResponse<?> save(
            SignedIn me, String siteKey, Form form, DraftFields fields, String next) {
        try {
            drafts.save(me, siteKey, fields.draft(), form.text("tag"));
            return HttpResponse.seeOther(URI.create(next));
        } catch (ProblemException e) {
            return switch (e.problem().status()) {
                case 412 -> editor.clash(me, siteKey, form, fields);
                case 422 -> editor.refused(me, siteKey, form, fields, faults(e));
                default -> throw e;
            };
        }
    }

    @Get("/export")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> export(SignedIn me, String siteKey) {
        byte[] document =
                drafts.find(me.organizationId(), siteKey)
                        .orElseThrow(() -> ProblemException.notFound("policy draft"))
                        .document();
        return HttpResponse.ok(document)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"policy-" + siteKey + ".json\"");
    }

    @Get("/import")
    @Allowed(Role.EDITOR)
    HttpResponse<?> askForFile(SignedIn me, String siteKey) {
        return editor.importing(HttpStatus.OK, me, siteKey, "", "", List.of());
    }

    /** Nothing is saved: what the file holds stands in the editor, to be looked at first. */
    @Post("/import")
    @Allowed(Role.EDITOR)
    HttpResponse<?> importFile(SignedIn me, String siteKey, Form form) {
        String text = form.text("file").isBlank() ? form.text("text") : form.text("file");
        try {
            JsonObject draft = drafts.check(me.organizationId(), siteKey, text);
            return editor.imported(me, siteKey, DraftFields.of(draft));
        } catch (ProblemException e) {
            Problem problem = e.problem();
            if (problem.status() == HttpStatus.NOT_FOUND.getCode()) {
                throw e;
            }
            return editor.importing(
                    HttpStatus.valueOf(problem.status()),
                    me,
                    siteKey,
                    Objects.requireNonNullElse(problem.detail(), problem.title()),
                    form.text("text"),
                    faults(e));
        }
    }

    private static String draft(String siteKey) {
        return "/console/sites/" + siteKey + "/policy";
    }

    /** The last field of the form says that none before it was cut off. */
    private static void requireWhole(Form form) {
        if (form.text("end").isEmpty()) {
            throw ProblemException.malformed(
                    "The form did not arrive whole. Go back and send it again.");
        }
    }

    private static List<Problem.Fault> faults(ProblemException e) {
        return Objects.requireNonNullElse(e.problem().errors(), List.of());
    }
}
