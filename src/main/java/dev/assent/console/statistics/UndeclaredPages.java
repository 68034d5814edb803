// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.statistics;

import dev.assent.account.Allowed;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
import dev.assent.console.OwnSites;
import dev.assent.site.Counting;
import dev.assent.site.OperatedCounting;
import dev.assent.site.Site;
import dev.assent.site.Tracker;
import dev.assent.tally.Undeclared;
import dev.assent.tally.UndeclaredTrackers;
import dev.assent.web.Problem;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What visitors' browsers held that no policy declares: to be declared, or set aside. */
@Controller("/console/sites/{siteKey}/undeclared")
@Allowed(Role.EDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class UndeclaredPages {
    private final Html html;
    private final OwnSites sites;
    private final UndeclaredTrackers trackers;
    private final OperatedCounting counting;

    UndeclaredPages(
            Html html, OwnSites sites, UndeclaredTrackers trackers, OperatedCounting counting) {
        this.html = html;
        this.sites = sites;
        this.trackers = trackers;
        this.counting = counting;
    }

    @Get
    @Allowed(Role.AUDITOR)
    HttpResponse<?> show(SignedIn me, @PathVariable String siteKey, HttpRequest<?> request) {
        Site site = sites.require(me, siteKey);
        String done = request.getParameters().get("done", String.class).orElse("");
        OperatedCounting.State state = counting.state(me, site);
        return html.console(
                HttpStatus.OK,
                me,
                "undeclared",
                page(site, state, oneIn(state), FormFault.NONE, Flash.of(done)));
    }

    /** Has one page view in so many tell of names with the next version, or none. */
    @Post("/sample")
    HttpResponse<?> sample(SignedIn me, @PathVariable String siteKey, Form form) {
        Site site = sites.require(me, siteKey);
        Counting before = counting.state(me, site).draft();
        return changed(
                me,
                site,
                form.text("oneIn").strip(),
                Flash.COUNTING_CHANGED,
                () -> counting.change(me, siteKey, new Counting(before.shown(), number(form))));
    }

    @Post("/declare")
    HttpResponse<?> declare(SignedIn me, @PathVariable String siteKey, Form form) {
        Site site = sites.require(me, siteKey);
        return changed(
                me,
                site,
                oneIn(counting.state(me, site)),
                Flash.DECLARED,
                () ->
                        counting.declare(
                                me,
                                siteKey,
                                form.text("purpose"),
                                form.text("type"),
                                form.text("name").strip()));
    }

    @Post("/ignore")
    HttpResponse<?> ignore(SignedIn me, @PathVariable String siteKey, Form form) {
        Site site = sites.require(me, siteKey);
        boolean ignored = !form.text("ignore").equals("no");
        return changed(
                me,
                site,
                oneIn(counting.state(me, site)),
                Flash.SAVED,
                () -> {
                    if (!trackers.ignore(site, form.text("type"), form.text("name"), ignored)) {
                        throw new Refusal("", "This name is not kept any more.");
                    }
                });
    }

    @Post("/clear")
    HttpResponse<?> clear(SignedIn me, @PathVariable String siteKey) {
        trackers.forget(sites.require(me, siteKey));
        return back(siteKey, Flash.LIST_CLEARED);
    }

    private HttpResponse<?> changed(
            SignedIn me, Site site, String oneIn, Flash done, Runnable change) {
        try {
            change.run();
            return back(site.siteKey(), done);
        } catch (Refusal refusal) {
            return again(me, site, oneIn, FormFault.of(refusal));
        } catch (ProblemException problem) {
            List<Problem.Fault> errors = problem.problem().errors();
            if (errors == null) {
                throw problem;
            }
            Problem.Fault first = errors.getFirst();
            String words =
                    "The draft cannot take this: " + first.pointer() + " " + first.detail() + ".";
            return again(me, site, oneIn, new FormFault("", words));
        }
    }

    private HttpResponse<?> again(SignedIn me, Site site, String oneIn, FormFault fault) {
        UndeclaredPage page = page(site, counting.state(me, site), oneIn, fault, Flash.NONE);
        return html.console(HttpStatus.UNPROCESSABLE_ENTITY, me, "undeclared", page);
    }

    private UndeclaredPage page(
            Site site, OperatedCounting.State state, String oneIn, FormFault fault, Flash flash) {
        List<Tracker> declaredNow =
                Stream.concat(
                                state.purposes().stream().flatMap(it -> it.trackers().stream()),
                                state.draftTrackers().stream())
                        .toList();
        List<Undeclared> open = new ArrayList<>();
        List<Undeclared> ignored = new ArrayList<>();
        List<Undeclared> declared = new ArrayList<>();
        for (Undeclared found : trackers.list(site)) {
            if (declaredNow.stream().anyMatch(found::isDeclaredBy)) {
                declared.add(found);
            } else {
                (found.ignored() ? ignored : open).add(found);
            }
        }
        return new UndeclaredPage(site, open, ignored, declared, state, oneIn, fault, flash);
    }

    private static String oneIn(OperatedCounting.State state) {
        int oneIn = state.draft().undeclared();
        return Integer.toString(oneIn > 0 ? oneIn : Counting.USUAL_ONE_IN);
    }

    private static int number(Form form) {
        String text = form.text("oneIn").strip();
        if (form.text("sample").equals("no")) {
            return 0;
        }
        if (!text.matches("[1-9][0-9]{0,5}") || Integer.parseInt(text) > 100_000) {
            throw new Refusal("oneIn", "Give a number from 1 to 100000.");
        }
        return Integer.parseInt(text);
    }

    private static HttpResponse<?> back(String siteKey, Flash done) {
        return HttpResponse.seeOther(
                URI.create(done.at("/console/sites/" + siteKey + "/undeclared")));
    }
}
