// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import dev.assent.account.Allowed;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.consent.SiteActivity;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
import dev.assent.site.Embedding;
import dev.assent.site.Embeddings;
import dev.assent.site.FoundTags;
import dev.assent.site.OperatedSites;
import dev.assent.site.Site;
import dev.assent.site.TagCheck;
import dev.assent.web.PublicUrl;
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
import org.jspecify.annotations.Nullable;

/** A site at a glance, with its tag and a look at whether that is where it should be. */
@Controller("/console/sites/{siteKey}")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class SitePages {
    private final Html html;
    private final OperatedSites sites;
    private final Embeddings embeddings;
    private final SiteActivity activity;
    private final TagCheck check;
    private final FoundTags found;
    private final PublicUrl url;

    SitePages(
            Html html,
            OperatedSites sites,
            Embeddings embeddings,
            SiteActivity activity,
            TagCheck check,
            FoundTags found,
            PublicUrl url) {
        this.html = html;
        this.sites = sites;
        this.embeddings = embeddings;
        this.activity = activity;
        this.check = check;
        this.found = found;
        this.url = url;
    }

    @Get
    HttpResponse<?> show(SignedIn me, String siteKey, @QueryValue(defaultValue = "") String done) {
        Site site = sites.require(me, siteKey);
        return page(HttpStatus.OK, me, site, firstPage(site), null, FormFault.NONE, Flash.of(done));
    }

    /** Fetches a page of the site and says whether the tag is there. */
    @Post("/check")
    @Allowed(Role.EDITOR)
    HttpResponse<?> check(SignedIn me, String siteKey, Form form) {
        Site site = sites.require(me, siteKey);
        String page = form.text("page");
        try {
            TagCheck.Result result = check.check(site, page);
            if (result.finding() == TagCheck.Finding.FOUND) {
                found.note(me, site);
            }
            return page(HttpStatus.OK, me, site, page, result, FormFault.NONE, Flash.NONE);
        } catch (Refusal refusal) {
            FormFault fault = FormFault.of(refusal);
            return page(HttpStatus.UNPROCESSABLE_ENTITY, me, site, page, null, fault, Flash.NONE);
        }
    }

    private HttpResponse<?> page(
            HttpStatus status,
            SignedIn me,
            Site site,
            String typed,
            TagCheck.@Nullable Result result,
            FormFault fault,
            Flash flash) {
        Embedding embedding = embeddings.of(site);
        var figures = SitesPage.Figures.of(activity.list(me).get(site.id()));
        var page =
                new SitePage(
                        site,
                        embedding,
                        figures,
                        FirstSteps.of(
                                embedding.version() > 0,
                                found.has(me, site),
                                figures.lastAt() != null),
                        url.uri().toString(),
                        typed,
                        result,
                        fault,
                        flash);
        return html.console(status, me, "site", page);
    }

    private static String firstPage(Site site) {
        return site.origins().stream()
                .filter(origin -> !origin.contains("*"))
                .findFirst()
                .map(origin -> origin + "/")
                .orElse("");
    }
}
