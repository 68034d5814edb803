// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.account.Allowed;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.HandingOver;
import dev.assent.console.Html;
import dev.assent.console.OwnSites;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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

/**
 * The workspace of whoever is signed in; also for a site that is removed, while it keeps records.
 */
@Controller("/console/sites/{siteKey}/audit")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class AuditPages {
    private final OwnSites sites;
    private final HomeAnswers home;
    private final SampleAnswers sample;
    private final BetweenAnswers between;
    private final FilesAnswers files;
    private final HandingOver handing;

    AuditPages(
            OwnSites sites,
            HomeAnswers home,
            SampleAnswers sample,
            BetweenAnswers between,
            FilesAnswers files,
            HandingOver handing) {
        this.sites = sites;
        this.home = home;
        this.sample = sample;
        this.between = between;
        this.files = files;
        this.handing = handing;
    }

    @Get
    HttpResponse<?> home(
            SignedIn me,
            @PathVariable String siteKey,
            @QueryValue(defaultValue = "") String done,
            @QueryValue(defaultValue = "") String made) {
        Audit audit = audit(me, siteKey);
        return home.show(audit, handing.read(me, audit.base(), made), Flash.of(done));
    }

    @Get("/sample")
    HttpResponse<?> sample(SignedIn me, @PathVariable String siteKey, HttpRequest<?> request) {
        return sample.show(audit(me, siteKey), request);
    }

    @Get("/sample.{kind}")
    @Produces(MediaType.ALL)
    HttpResponse<?> sampleFile(
            SignedIn me,
            @PathVariable String siteKey,
            @PathVariable String kind,
            HttpRequest<?> request) {
        return sample.file(audit(me, siteKey), request, kind);
    }

    @Get("/between")
    HttpResponse<?> between(SignedIn me, @PathVariable String siteKey) {
        return between.show(audit(me, siteKey));
    }

    @Post("/between")
    HttpResponse<?> ask(SignedIn me, @PathVariable String siteKey, Form form) {
        return between.ask(audit(me, siteKey), form);
    }

    @Get("/between.ndjson")
    @Produces(MediaType.ALL)
    HttpResponse<?> betweenFile(SignedIn me, @PathVariable String siteKey, HttpRequest<?> request) {
        return between.file(audit(me, siteKey), request);
    }

    @Get("/files")
    HttpResponse<?> files(SignedIn me, @PathVariable String siteKey, HttpRequest<?> request) {
        return files.show(audit(me, siteKey), request);
    }

    @Get("/records.ndjson")
    @Produces(MediaType.ALL)
    HttpResponse<?> records(SignedIn me, @PathVariable String siteKey, HttpRequest<?> request) {
        return files.records(audit(me, siteKey), request);
    }

    @Get("/pack.zip")
    @Produces(MediaType.ALL)
    HttpResponse<?> pack(SignedIn me, @PathVariable String siteKey, HttpRequest<?> request) {
        return files.pack(audit(me, siteKey), request);
    }

    private Audit audit(SignedIn me, String siteKey) {
        return Audit.of(me, sites.require(me, siteKey));
    }
}
