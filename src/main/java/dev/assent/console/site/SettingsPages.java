// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import dev.assent.account.Allowed;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.account.Trail;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
import dev.assent.console.Moments;
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
import java.time.Instant;
import java.time.InstantSource;

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
    private final InstantSource clock;

    SettingsPages(Html html, OperatedSites sites, InstantSource clock) {
        this.html = html;
        this.sites = sites;
        this.clock = clock;
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
            return HttpResponse.seeOther(URI.create(Flash.SETTINGS_SAVED.at(here(siteKey))));
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
                            changed
                                    ? SettingsPage.Seen.of(site, clock.instant())
                                    : SettingsPage.Seen.of(form),
                            changed ? whoChanged(me, siteKey, form) : "",
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

    /** In words; a change that no operator made is a program's. */
    private String whoChanged(SignedIn me, String siteKey, Form form) {
        Instant opened = SettingsPage.Seen.of(form).at();
        return sites.lastChange(me, siteKey)
                .filter(change -> !change.at().isBefore(opened))
                .map(change ->
                        who(me, change)
                                + " since you opened this page, on "
                                + Moments.toTheMinute(change.at()).words()
                                + ".")
                .orElse("A program has changed this site since you opened this page.");
    }

    private static String who(SignedIn me, Trail.Event change) {
        return change.who().equals(me.name() + " <" + me.email() + ">")
                ? "You have changed this site in another tab or window"
                : change.who() + " has changed this site";
    }

    private SettingsPage stored(Site site, FormFault fault, Flash flash) {
        return new SettingsPage(
                site,
                SiteForm.of(site),
                SettingsPage.Seen.of(site, clock.instant()),
                "",
                fault,
                flash);
    }

    private static String here(String siteKey) {
        return SiteListPages.HERE + "/" + siteKey + "/settings";
    }
}
