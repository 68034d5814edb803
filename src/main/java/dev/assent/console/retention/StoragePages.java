// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.retention;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.account.Allowed;
import dev.assent.account.Mail;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Html;
import dev.assent.console.Moments;
import dev.assent.console.Spans;
import dev.assent.console.retention.Inventory.Fact;
import dev.assent.site.Embeddings;
import dev.assent.site.OperatedSites;
import dev.assent.site.PolicyService;
import dev.assent.site.Site;
import dev.assent.web.PublicUrl;
import dev.assent.webhook.Webhook;
import dev.assent.webhook.Webhooks;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What Assent stores and why, with the values of this installation; for every member. */
@Controller("/console/storage")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(Html.TYPE)
@Hidden
class StoragePages {
    private final Html html;
    private final OperatedSites sites;
    private final Embeddings embeddings;
    private final PolicyService policies;
    private final Webhooks webhooks;
    private final Mail mail;
    private final PublicUrl url;
    private final InstantSource clock;

    StoragePages(
            Html html,
            OperatedSites sites,
            Embeddings embeddings,
            PolicyService policies,
            Webhooks webhooks,
            Mail mail,
            PublicUrl url,
            InstantSource clock) {
        this.html = html;
        this.sites = sites;
        this.embeddings = embeddings;
        this.policies = policies;
        this.webhooks = webhooks;
        this.mail = mail;
        this.url = url;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> show(SignedIn me) {
        return html.console(HttpStatus.OK, me, "storage", new StoragePage(inventory(me)));
    }

    @Get("/assent-storage.md")
    @Produces(MediaType.ALL)
    HttpResponse<?> take(SignedIn me) {
        return HttpResponse.ok(inventory(me).markdown().getBytes(UTF_8))
                .header(HttpHeaders.CONTENT_TYPE, "text/markdown;charset=utf-8")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"assent-storage.md\"");
    }

    private Inventory inventory(SignedIn me) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Organization", me.organizationName()));
        facts.add(new Fact("Service", url.uri().toString()));
        facts.add(
                new Fact(
                        "As of",
                        Moments.of(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).words()));
        for (Site site : sites.list(me)) {
            facts.add(new Fact("Site “" + site.name() + "”", about(me, site)));
        }
        facts.add(
                new Fact(
                        "Mail",
                        mail.isConfigured()
                                ? "invitations and links go through a mail server"
                                : "none is sent; links are shown instead"));
        return new Inventory(facts, InventoryText.parts());
    }

    private String about(SignedIn me, Site site) {
        return String.join(", ", site.origins())
                + "; a choice holds for "
                + lifetime(site)
                + ", its record is kept for another "
                + Spans.words(site.retention())
                + "; "
                + recipients(webhooks.list(me, site));
    }

    private String lifetime(Site site) {
        return policies.version(site, embeddings.liveVersion(site))
                .join()
                .map(version -> Spans.words(version.lifetime()))
                .orElse("as long as its policy will say (none is live)");
    }

    private static String recipients(List<Webhook> all) {
        return all.isEmpty()
                ? "no webhooks"
                : all.stream()
                        .map(webhook -> URI.create(webhook.url()).getHost())
                        .distinct()
                        .collect(Collectors.joining(", ", "webhooks to ", ""));
    }
}
