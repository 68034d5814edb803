// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.account.Allowed;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.consent.Statistics;
import dev.assent.console.Flash;
import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Html;
import dev.assent.console.OwnSites;
import dev.assent.site.Counting;
import dev.assent.site.OperatedCounting;
import dev.assent.site.Site;
import dev.assent.tally.ShownCounts;
import io.micronaut.http.HttpHeaders;
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
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** How a site's visitors answered; also of a site that is removed. */
@Controller("/console/sites/{siteKey}")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(Html.TYPE)
@Hidden
class StatisticsPages {
    private final Html html;
    private final OwnSites sites;
    private final StatisticsReader reader;
    private final Statistics statistics;
    private final ShownCounts shown;
    private final OperatedCounting counting;
    private final InstantSource clock;

    StatisticsPages(
            Html html,
            OwnSites sites,
            StatisticsReader reader,
            Statistics statistics,
            ShownCounts shown,
            OperatedCounting counting,
            InstantSource clock) {
        this.html = html;
        this.sites = sites;
        this.reader = reader;
        this.statistics = statistics;
        this.shown = shown;
        this.counting = counting;
        this.clock = clock;
    }

    @Get("/statistics")
    HttpResponse<?> show(SignedIn me, @PathVariable String siteKey, HttpRequest<?> request) {
        Site site = sites.require(me, siteKey);
        try {
            Span span = span(request);
            var asked =
                    new StatisticsReader.Asked(
                            span.from().toString(),
                            span.to().toString(),
                            FormFault.NONE,
                            Flash.of(parameter(request, "done")));
            return page(HttpStatus.OK, me, reader.read(me, site, span, asked));
        } catch (Refusal refusal) {
            var asked =
                    new StatisticsReader.Asked(
                            parameter(request, "from"),
                            parameter(request, "to"),
                            FormFault.of(refusal),
                            Flash.NONE);
            StatisticsPage again = reader.read(me, site, Span.usual(today()), asked);
            return page(HttpStatus.UNPROCESSABLE_ENTITY, me, again);
        }
    }

    /** Every count of the span, one a line (RFC 4180). */
    @Get("/statistics.csv")
    @Produces(MediaType.ALL)
    HttpResponse<?> table(SignedIn me, @PathVariable String siteKey, HttpRequest<?> request) {
        Site site = sites.require(me, siteKey);
        Span span = span(request);
        StringBuilder csv = new StringBuilder("day,version,language,layout,what,name,count\r\n");
        for (Statistics.Line line : statistics.lines(site, span.from(), span.end())) {
            csv.append(
                    "%s,%d,%s,%s,%s,%s,%d\r\n"
                            .formatted(
                                    line.day(),
                                    line.version(),
                                    line.language(),
                                    line.layout(),
                                    line.what(),
                                    line.name(),
                                    line.count()));
        }
        for (ShownCounts.Count it : shown.read(site, span.from(), span.end())) {
            csv.append(
                    "%s,%d,%s,%s,shown,banner,%d\r\n"
                            .formatted(
                                    it.day(),
                                    it.version(),
                                    it.language(),
                                    it.layout(),
                                    it.count()));
        }
        return HttpResponse.ok(csv.toString().getBytes(UTF_8))
                .header(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"assent-statistics-" + siteKey + ".csv\"");
    }

    /** Has banners counted with the next version, or no longer. */
    @Post("/statistics/shown")
    @Allowed(Role.EDITOR)
    HttpResponse<?> count(SignedIn me, @PathVariable String siteKey, Form form) {
        Site site = sites.require(me, siteKey);
        Counting before = counting.state(me, site).draft();
        boolean on = form.text("count").equals("yes");
        counting.change(me, siteKey, new Counting(on, before.undeclared()));
        return HttpResponse.seeOther(
                URI.create(Flash.COUNTING_CHANGED.at("/console/sites/" + siteKey + "/statistics")));
    }

    private HttpResponse<?> page(HttpStatus status, SignedIn me, StatisticsPage page) {
        return html.console(status, me, "statistics", page);
    }

    private Span span(HttpRequest<?> request) {
        return Span.of(name -> parameter(request, name), today());
    }

    private static String parameter(HttpRequest<?> request, String name) {
        return request.getParameters().get(name, String.class).orElse("");
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
