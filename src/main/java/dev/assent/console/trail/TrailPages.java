// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.trail;

import dev.assent.account.Allowed;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
import dev.assent.receipt.CanonicalJson;
import dev.assent.trail.LoggedTrail;
import dev.assent.trail.TrailEvent;
import dev.assent.trail.TrailQuery;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;

/** Who did what and when; for owners, and for auditors, who are here to see it. */
@Controller("/console/trail")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(Html.TYPE)
@Hidden
class TrailPages {
    private static final int A_PAGE = 50;

    private final Html html;
    private final LoggedTrail trail;

    TrailPages(Html html, LoggedTrail trail) {
        this.html = html;
        this.trail = trail;
    }

    @Get
    HttpResponse<?> list(
            SignedIn me,
            @QueryValue(defaultValue = "") String who,
            @QueryValue(defaultValue = "") String action,
            @QueryValue(defaultValue = "") String day,
            @QueryValue(defaultValue = "") String before) {
        var query = new TrailQuery(plain(who), plain(action), plain(day));
        long from = before.isEmpty() ? Long.MAX_VALUE : id(before);
        try {
            return page(HttpStatus.OK, me, query, from, FormFault.NONE);
        } catch (Refusal refusal) {
            FormFault fault = FormFault.of(refusal);
            return page(HttpStatus.UNPROCESSABLE_ENTITY, me, query, from, fault);
        }
    }

    /** The event with what proves that it was logged, for {@code verify}. */
    @Get("/{id}/proof.json")
    @Produces(MediaType.ALL)
    HttpResponse<?> prove(SignedIn me, @PathVariable String id) {
        return trail.prove(me, id(id))
                .<HttpResponse<?>>map(proof ->
                        HttpResponse.ok(CanonicalJson.write(proof.json()))
                                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                                .header(
                                        HttpHeaders.CONTENT_DISPOSITION,
                                        "attachment; filename=\"assent-event-" + id + ".json\""))
                .orElseThrow(() -> ProblemException.notFound("proof yet"));
    }

    private HttpResponse<?> page(
            HttpStatus status, SignedIn me, TrailQuery query, long before, FormFault fault) {
        boolean wrong = status != HttpStatus.OK;
        List<TrailEvent> found = wrong ? List.of() : trail.list(me, query, before, A_PAGE + 1);
        boolean more = found.size() > A_PAGE;
        List<TrailEvent> events = more ? found.subList(0, A_PAGE) : found;
        String older = more ? older(query, events.getLast().id()) : "";
        var page = new TrailPage(events, query, trail.actions(me), older, fault);
        return html.console(status, me, "trail", page);
    }

    private static String older(TrailQuery query, long before) {
        return "/console/trail?"
                + new Form(
                                List.of(
                                        new Form.Field("who", query.who()),
                                        new Form.Field("action", query.action()),
                                        new Form.Field("day", query.day()),
                                        new Form.Field("before", Long.toString(before))))
                        .encoded();
    }

    /** PostgreSQL's texts hold no U+0000, and no keyboard types one. */
    private static String plain(String typed) {
        return typed.replace("\0", "").strip();
    }

    private static long id(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw ProblemException.notFound("event");
        }
        return Long.parseLong(text);
    }
}
