// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import dev.assent.account.Allowed;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.consent.Activity;
import dev.assent.consent.SiteActivity;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.Html;
import dev.assent.site.DemoSite;
import dev.assent.site.Embeddings;
import dev.assent.site.OperatedSites;
import dev.assent.site.Site;
import dev.assent.web.ProblemException;
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
import java.util.Map;

/** The organization's sites, and a new one. */
@Controller("/console/sites")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class SiteListPages {
    static final String HERE = "/console/sites";

    private final Html html;
    private final OperatedSites sites;
    private final Embeddings embeddings;
    private final SiteActivity activity;
    private final DemoSite demo;

    SiteListPages(
            Html html,
            OperatedSites sites,
            Embeddings embeddings,
            SiteActivity activity,
            DemoSite demo) {
        this.html = html;
        this.sites = sites;
        this.embeddings = embeddings;
        this.activity = activity;
        this.demo = demo;
    }

    @Get
    HttpResponse<?> list(SignedIn me, @QueryValue(defaultValue = "") String done) {
        Map<Long, Activity> activities = activity.list(me);
        long demonstrated = demo.find().map(Site::id).orElse(0L);
        List<SitesPage.Row> rows =
                sites.list(me).stream().map(site -> row(site, demonstrated, activities)).toList();
        var page = new SitesPage(rows, sites.removed(me), Flash.of(done));
        return html.console(HttpStatus.OK, me, "sites", page);
    }

    @Get("/new")
    @Allowed(Role.EDITOR)
    HttpResponse<?> form(SignedIn me) {
        return html.console(HttpStatus.OK, me, "newsite", SiteForm.EMPTY);
    }

    @Post
    @Allowed(Role.EDITOR)
    HttpResponse<?> create(SignedIn me, Form form) {
        SiteForm typed = SiteForm.of(form);
        try {
            Site site = sites.create(me, typed.wish());
            String there = HERE + "/" + site.siteKey();
            return HttpResponse.seeOther(URI.create(Flash.SITE_MADE.at(there)));
        } catch (ProblemException refusal) {
            SiteForm again = typed.refused(refusal);
            return html.console(HttpStatus.UNPROCESSABLE_ENTITY, me, "newsite", again);
        }
    }

    private SitesPage.Row row(Site site, long demonstrated, Map<Long, Activity> activities) {
        var figures = SitesPage.Figures.of(activities.get(site.id()));
        boolean demo = site.id() == demonstrated;
        return new SitesPage.Row(site, demo, embeddings.liveVersion(site), figures);
    }
}
