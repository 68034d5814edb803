// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.account.Allowed;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.audit.AuditScope;
import dev.assent.audit.ShareLinks;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Handed;
import dev.assent.console.HandingOver;
import dev.assent.console.Html;
import dev.assent.console.OwnSites;
import dev.assent.console.audit.AuditHomePage.Wish;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;

/** Makes and ends links that let auditors in without an account. */
@Controller("/console/sites/{siteKey}/audit/links")
@Allowed(Role.OWNER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class SharePages {
    private final OwnSites sites;
    private final ShareLinks links;
    private final HomeAnswers home;
    private final HandingOver handing;

    SharePages(OwnSites sites, ShareLinks links, HomeAnswers home, HandingOver handing) {
        this.sites = sites;
        this.links = links;
        this.home = home;
        this.handing = handing;
    }

    /** The link stands on the page that this leads to, once, and nowhere else. */
    @Post
    HttpResponse<?> make(SignedIn me, @PathVariable String siteKey, Form form) {
        Audit audit = Audit.of(me, sites.require(me, siteKey));
        var wish =
                new Wish(form.text("label"), form.text("from"), form.text("to"), form.text("days"));
        try {
            return handing.once(
                    me, form, Handed.What.SHARE_LINK, audit.base(), () -> make(me, audit, wish));
        } catch (Refusal refusal) {
            return home.again(audit, wish, FormFault.of(refusal));
        }
    }

    @Post("/end")
    HttpResponse<?> end(SignedIn me, @PathVariable String siteKey, Form form) {
        Audit audit = Audit.of(me, sites.require(me, siteKey));
        try {
            links.revoke(me, audit.site(), Typed.number("", form.text("link"), ShareLinks.ENDED));
            return HttpResponse.seeOther(URI.create(Flash.LINK_ENDED.at(audit.base())));
        } catch (Refusal refusal) {
            return home.again(audit, Wish.NONE, FormFault.of(refusal));
        }
    }

    private String make(SignedIn me, Audit audit, Wish wish) {
        var scope =
                new AuditScope(
                        audit.site(),
                        Typed.day("from", wish.from(), 0),
                        Typed.day("to", wish.to(), 1));
        long days =
                Typed.number(
                        "days",
                        wish.days(),
                        "Give a number of days from 1 to " + ShareLinks.MAX_DAYS + ".");
        return links.make(me, scope, wish.label(), (int) Math.min(days, Integer.MAX_VALUE));
    }
}
