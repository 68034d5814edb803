// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.webhook;

import dev.assent.account.Allowed;
import dev.assent.account.Handovers;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Handed;
import dev.assent.console.HandingOver;
import dev.assent.console.Html;
import dev.assent.console.OwnSites;
import dev.assent.site.Site;
import dev.assent.web.ProblemException;
import dev.assent.webhook.Delivery;
import dev.assent.webhook.EventType;
import dev.assent.webhook.Webhook;
import dev.assent.webhook.Webhooks;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** A site's webhooks: auditors see them, editors and owners make and change them. */
@Controller("/console/sites/{siteKey}/webhooks")
@Allowed(Role.EDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class WebhookPages {
    private static final int A_PAGE = 50;
    private static final int COUNTED = 1000;
    private static final Set<String> STATES = Set.of("", "waiting", "delivered", "failed");

    private final Html html;
    private final OwnSites sites;
    private final Webhooks webhooks;
    private final HandingOver handing;

    WebhookPages(Html html, OwnSites sites, Webhooks webhooks, HandingOver handing) {
        this.html = html;
        this.sites = sites;
        this.webhooks = webhooks;
        this.handing = handing;
    }

    @Get
    @Allowed(Role.AUDITOR)
    HttpResponse<?> list(
            SignedIn me, @PathVariable String siteKey, @QueryValue(defaultValue = "") String done) {
        Site site = sites.require(me, siteKey);
        var page =
                new WebhooksPage(
                        site,
                        webhooks.list(me, site),
                        "",
                        EventType.all(),
                        FormFault.NONE,
                        Flash.of(done));
        return html.console(HttpStatus.OK, me, "webhooks", page);
    }

    /** The secret stands on the page that this leads to, once, and nowhere else. */
    @Post
    HttpResponse<?> make(SignedIn me, @PathVariable String siteKey, Form form) {
        Site site = sites.require(me, siteKey);
        List<String> types = form.all("types");
        try {
            Webhooks.Wish wish = webhooks.check(site, form.text("url"), types);
            return handing.once(
                    me,
                    form,
                    () -> secret(Handed.What.WEBHOOK, site, webhooks.make(me, site, wish)));
        } catch (Refusal refusal) {
            var page =
                    new WebhooksPage(
                            site,
                            webhooks.list(me, site),
                            form.text("url"),
                            types,
                            FormFault.of(refusal),
                            Flash.NONE);
            return html.console(HttpStatus.UNPROCESSABLE_ENTITY, me, "webhooks", page);
        }
    }

    @Get("/{id}")
    @Allowed(Role.AUDITOR)
    HttpResponse<?> show(
            SignedIn me,
            @PathVariable String siteKey,
            @PathVariable String id,
            @QueryValue(defaultValue = "") String state,
            @QueryValue(defaultValue = "") String before,
            @QueryValue(defaultValue = "") String done,
            @QueryValue(defaultValue = "") String made) {
        Site site = sites.require(me, siteKey);
        if (!STATES.contains(state)) {
            throw ProblemException.notFound("page");
        }
        long from = before.isEmpty() ? Long.MAX_VALUE : number(before);
        Handed handed = handing.read(me, here(siteKey) + "/" + number(id), made);
        return page(me, site, number(id), new View(state, from, handed, Flash.of(done)));
    }

    /** The new secret stands on the page that this leads to, once, and nowhere else. */
    @Post("/{id}/rotate")
    HttpResponse<?> rotate(
            SignedIn me, @PathVariable String siteKey, @PathVariable String id, Form form) {
        Site site = sites.require(me, siteKey);
        return handing.once(
                me,
                form,
                () ->
                        secret(
                                Handed.What.WEBHOOK_SECRET,
                                site,
                                webhooks.rotate(me, site, number(id))));
    }

    @Post("/{id}/pause")
    HttpResponse<?> pause(SignedIn me, @PathVariable String siteKey, @PathVariable String id) {
        webhooks.pause(me, sites.require(me, siteKey), number(id));
        return to(Flash.WEBHOOK_PAUSED, siteKey, id);
    }

    @Post("/{id}/resume")
    HttpResponse<?> resume(
            SignedIn me, @PathVariable String siteKey, @PathVariable String id, Form form) {
        boolean skipping = form.text("meanwhile").equals("skip");
        webhooks.resume(me, sites.require(me, siteKey), number(id), skipping);
        return to(Flash.WEBHOOK_RESUMED, siteKey, id);
    }

    @Post("/{id}/test")
    HttpResponse<?> test(SignedIn me, @PathVariable String siteKey, @PathVariable String id) {
        webhooks.test(me, sites.require(me, siteKey), number(id));
        return to(Flash.TEST_SENT, siteKey, id);
    }

    @Post("/{id}/repeat")
    HttpResponse<?> repeat(
            SignedIn me, @PathVariable String siteKey, @PathVariable String id, Form form) {
        Site site = sites.require(me, siteKey);
        webhooks.require(me, site, number(id));
        if (form.text("delivery").isEmpty()) {
            throw ProblemException.malformed("The form names no delivery.");
        }
        webhooks.repeat(me, site, number(id), form.id("delivery"));
        return to(Flash.SENT_AGAIN, siteKey, id);
    }

    @Post("/{id}/remove")
    HttpResponse<?> remove(SignedIn me, @PathVariable String siteKey, @PathVariable String id) {
        webhooks.remove(me, sites.require(me, siteKey), number(id));
        return HttpResponse.seeOther(URI.create(Flash.WEBHOOK_REMOVED.at(here(siteKey))));
    }

    /**
     * What of the deliveries is shown.
     *
     * @param before ids below it
     * @param made a secret just made
     */
    private record View(String state, long before, Handed made, Flash flash) {}

    private HttpResponse<?> page(SignedIn me, Site site, long id, View view) {
        Webhook webhook = webhooks.require(me, site, id);
        List<Delivery> found =
                webhooks.deliveries(me, webhook, view.before(), view.state(), A_PAGE + 1);
        boolean more = found.size() > A_PAGE;
        List<Delivery> shown = more ? found.subList(0, A_PAGE) : found;
        String older =
                more
                        ? here(site.siteKey())
                                + "/"
                                + id
                                + "?state="
                                + view.state()
                                + "&before="
                                + shown.getLast().id()
                        : "";
        int waiting = webhooks.waiting(me, webhook, COUNTED);
        var page =
                new WebhookPage(
                        site,
                        webhook,
                        view.made(),
                        waiting < COUNTED ? Integer.toString(waiting) : COUNTED + " or more",
                        shown,
                        view.state(),
                        older,
                        view.flash());
        return html.console(HttpStatus.OK, me, "webhook", page);
    }

    private static Handovers.Secret secret(Handed.What what, Site site, Webhooks.Made made) {
        return HandingOver.secret(what, here(site.siteKey()) + "/" + made.id(), made.secret());
    }

    private static HttpResponse<?> to(Flash flash, String siteKey, String id) {
        return HttpResponse.seeOther(URI.create(flash.at(here(siteKey) + "/" + number(id))));
    }

    private static String here(String siteKey) {
        return "/console/sites/" + siteKey + "/webhooks";
    }

    private static long number(String id) {
        if (!id.matches("[0-9]{1,18}")) {
            throw ProblemException.notFound("webhook");
        }
        return Long.parseLong(id);
    }
}
