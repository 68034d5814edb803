// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.account.Token;
import dev.assent.audit.ShareLinks;
import dev.assent.console.Form;
import dev.assent.console.Html;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;

/** The workspace of whoever has come by a link: of one site, and to read. */
@Controller("/audit")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class GuestPages {
    static final String BASE = "/audit/site";

    private final GuestDoor door;
    private final ShareLinks links;
    private final HomeAnswers home;
    private final SampleAnswers sample;
    private final BetweenAnswers between;
    private final FilesAnswers files;

    GuestPages(
            GuestDoor door,
            ShareLinks links,
            HomeAnswers home,
            SampleAnswers sample,
            BetweenAnswers between,
            FilesAnswers files) {
        this.door = door;
        this.links = links;
        this.home = home;
        this.sample = sample;
        this.between = between;
        this.files = files;
    }

    /** Exchanges the token for a session, and leaves it behind. */
    @Get(value = "/{token}", headRoute = false)
    HttpResponse<?> open(@PathVariable String token, HttpRequest<?> request) {
        door.admitAttempt(request);
        return links.open(new Token(token))
                .<HttpResponse<?>>map(opened ->
                        HttpResponse.seeOther(URI.create(BASE)).cookie(door.cookie(opened)))
                .orElseGet(() -> {
                    door.noteFailure(request);
                    return door.closed();
                });
    }

    @Get("/site")
    HttpResponse<?> home(HttpRequest<?> request) {
        return door.let(request, audit -> home.show(audit));
    }

    @Get("/site/sample")
    HttpResponse<?> sample(HttpRequest<?> request) {
        return door.let(request, audit -> sample.show(audit, request));
    }

    @Get("/site/sample.{kind}")
    @Produces(MediaType.ALL)
    HttpResponse<?> sampleFile(@PathVariable String kind, HttpRequest<?> request) {
        return door.let(request, audit -> sample.file(audit, request, kind));
    }

    @Get("/site/between")
    HttpResponse<?> between(HttpRequest<?> request) {
        return door.let(request, between::show);
    }

    @Post("/site/between")
    HttpResponse<?> ask(HttpRequest<?> request, Form form) {
        return door.let(request, audit -> between.ask(audit, form));
    }

    @Get("/site/between.ndjson")
    @Produces(MediaType.ALL)
    HttpResponse<?> betweenFile(HttpRequest<?> request) {
        return door.let(request, audit -> between.file(audit, request));
    }

    @Get("/site/files")
    HttpResponse<?> files(HttpRequest<?> request) {
        return door.let(request, audit -> files.show(audit, request));
    }

    @Get("/site/records.ndjson")
    @Produces(MediaType.ALL)
    HttpResponse<?> records(HttpRequest<?> request) {
        return door.let(request, audit -> files.records(audit, request));
    }

    @Get("/site/pack.zip")
    @Produces(MediaType.ALL)
    HttpResponse<?> pack(HttpRequest<?> request) {
        return door.let(request, audit -> files.pack(audit, request));
    }
}
