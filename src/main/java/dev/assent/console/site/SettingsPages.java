// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import dev.assent.account.Allowed;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
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

/** What can be changed of a site, and its removal. */
@Controller("/console/sites/{siteKey}")
@Allowed(Role.EDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class SettingsPages {
    private final Html html;
    private final OperatedSites sites;

    SettingsPages(Html html, OperatedSites sites) {
        this.html = html;
        this.sites = sites;
    }

    @Get("/settings")
    @Allowed(Role.AUDITOR)
    HttpResponse<?> show(SignedIn me, String siteKey, @QueryValue(defaultValue = "") String done) {
        Site site = sites.require(me, siteKey);
        return page(HttpStatus.OK, me, stored(site, FormFault.NONE, Flash.of(done)));
    }

    @Post("/settings")
    HttpResponse<?> change(SignedIn me, String siteKey, Form form) {
        SiteForm typed = SiteForm.of(form);
        try {
            sites.change(me, siteKey, typed.wish(), form.text("seen"));
            return HttpResponse.seeOther(URI.create(Flash.SAVED.at(here(siteKey))));
        } catch (ProblemException refusal) {
            Site site = sites.require(me, siteKey);
            HttpStatus status = HttpStatus.valueOf(refusal.problem().status());
            boolean changed = status == HttpStatus.PRECONDITION_FAILED;
            return page(
                    status,
                    me,
                    new SettingsPage(
                            site,
                            changed ? typed : typed.refused(refusal),
                            changed ? OperatedSites.state(site) : form.text("seen"),
                            changed,
                            FormFault.NONE,
                            Flash.NONE));
        }
    }

    /** Wants the site's name typed, so that nobody removes one by a slip. */
    @Post("/remove")
    HttpResponse<?> remove(SignedIn me, String siteKey, Form form) {
        Site site = sites.require(me, siteKey);
        if (!form.text("confirm").strip().equals(site.name().strip())) {
            var fault = FormFault.of(new Refusal("confirm", "Type the name as it stands above."));
            return page(HttpStatus.UNPROCESSABLE_ENTITY, me, stored(site, fault, Flash.NONE));
        }
        sites.remove(me, siteKey);
        return HttpResponse.seeOther(URI.create(Flash.SITE_REMOVED.at(SiteListPages.HERE)));
    }

    private HttpResponse<?> page(HttpStatus status, SignedIn me, SettingsPage page) {
        return html.console(status, me, "settings", page);
    }

    private static SettingsPage stored(Site site, FormFault fault, Flash flash) {
        return new SettingsPage(
                site, SiteForm.of(site), OperatedSites.state(site), false, fault, flash);
    }

    private static String here(String siteKey) {
        return SiteListPages.HERE + "/" + siteKey + "/settings";
    }
}
