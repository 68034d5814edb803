// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.account.Allowed;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.Html;
import dev.assent.site.PolicyDrafts;
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

/** A site's first draft, made of a few answers. Where there is a draft, it is left as it is. */
@Controller("/console/sites/{siteKey}/policy/start")
@Allowed(Role.EDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class StarterPages {
    private final PolicyDrafts drafts;
    private final PolicyEditor editor;

    StarterPages(PolicyDrafts drafts, PolicyEditor editor) {
        this.drafts = drafts;
        this.editor = editor;
    }

    @Get
    HttpResponse<?> ask(SignedIn me, String siteKey) {
        return drafts.find(me.organizationId(), siteKey).isPresent()
                ? HttpResponse.seeOther(URI.create(draft(siteKey)))
                : editor.starting(HttpStatus.OK, me, siteKey, Starter.asked(me), List.of());
    }

    @Post
    HttpResponse<?> make(SignedIn me, String siteKey, Form form) {
        DraftFields answers = DraftFields.of(form);
        List<Fault> missing = missing(answers);
        if (!missing.isEmpty()) {
            return again(me, siteKey, answers, missing);
        }
        try {
            drafts.save(me, siteKey, Starter.completed(answers).draft(), "");
            return HttpResponse.seeOther(URI.create(Flash.DRAFT_MADE.at(draft(siteKey))));
        } catch (ProblemException e) {
            return switch (e.problem().status()) {
                case 412 -> HttpResponse.seeOther(URI.create(Flash.DRAFT_THERE.at(draft(siteKey))));
                case 422 ->
                        again(
                                me,
                                siteKey,
                                answers,
                                Objects.requireNonNullElse(e.problem().errors(), List.of()));
                default -> throw e;
            };
        }
    }

    private HttpResponse<?> again(
            SignedIn me, String siteKey, DraftFields answers, List<Fault> faults) {
        return editor.starting(HttpStatus.UNPROCESSABLE_ENTITY, me, siteKey, answers, faults);
    }

    private static List<Fault> missing(DraftFields answers) {
        List<Fault> missing = new ArrayList<>();
        if (!Starter.isAnswered(answers)) {
            missing.add(new Fault(Starter.USES, "choose one"));
        }
        if (answers.value("/controller/name").isBlank()) {
            missing.add(new Fault("/controller/name", "say who asks"));
        }
        return missing;
    }

    private static String draft(String siteKey) {
        return "/console/sites/" + siteKey + "/policy";
    }
}
