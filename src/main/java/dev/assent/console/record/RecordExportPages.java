// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.account.Allowed;
import dev.assent.account.Refusal;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.account.Trail;
import dev.assent.consent.ExportAnswers;
import dev.assent.consent.RecordSearch;
import dev.assent.console.OwnSites;
import dev.assent.site.Site;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.inject.Named;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A site's records to take home: with their proofs, or as a table. */
@Controller("/console/sites/{siteKey}/export")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class RecordExportPages {
    private static final int A_CHUNK = 500;

    private final OwnSites sites;
    private final RecordSearch search;
    private final ExportAnswers exports;
    private final Trail trail;
    private final Scheduler blocking;

    RecordExportPages(
            OwnSites sites,
            RecordSearch search,
            ExportAnswers exports,
            Trail trail,
            @Named(TaskExecutors.BLOCKING) Executor blocking) {
        this.sites = sites;
        this.search = search;
        this.exports = exports;
        this.trail = trail;
        this.blocking = Schedulers.fromExecutor(blocking::execute);
    }

    /** Every number in the time asked for, records and tombstones, each with its proof. */
    @Get("/records.ndjson")
    @Produces(MediaType.ALL)
    HttpResponse<?> proofs(SignedIn me, @PathVariable String siteKey, HttpRequest<?> request) {
        Site site = sites.require(me, siteKey);
        RecordQuery query = RecordListPages.query(request);
        return orBack(
                site,
                query,
                () -> {
                    var answer = exports.answer(site, query.start(), query.end());
                    trail.note(me, "records-exported", "site " + siteKey + ", with proofs");
                    return answer;
                });
    }

    /** What the search finds, all of it, as CSV (RFC 4180), newest first. */
    @Get("/records.csv")
    @Produces(MediaType.ALL)
    HttpResponse<?> table(SignedIn me, @PathVariable String siteKey, HttpRequest<?> request) {
        Site site = sites.require(me, siteKey);
        RecordQuery query = RecordListPages.query(request);
        return orBack(
                site,
                query,
                () -> {
                    Publisher<byte[]> lines = lines(site, query.search());
                    trail.note(me, "records-exported", "site " + siteKey + ", as a table");
                    return HttpResponse.ok(lines)
                            .header(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
                            .header(
                                    HttpHeaders.CONTENT_DISPOSITION,
                                    "attachment; filename=\"assent-" + siteKey + ".csv\"");
                });
    }

    /** What cannot be read is shown where it was typed. */
    private static HttpResponse<?> orBack(
            Site site, RecordQuery query, Supplier<HttpResponse<?>> done) {
        try {
            return done.get();
        } catch (Refusal refusal) {
            return HttpResponse.seeOther(RecordListPages.address(site, query));
        }
    }

    /** Page by page, each read when the one before has been sent. */
    private Publisher<byte[]> lines(Site site, RecordSearch.Query query) {
        return Flux.<byte[], RecordSearch.Query>generate(
                        () -> query,
                        (next, sink) -> {
                            RecordSearch.Page page = search.page(site, next, A_CHUNK);
                            StringBuilder text = new StringBuilder();
                            if (next.below() == query.below()) {
                                text.append(RecordWords.CSV_HEAD);
                            }
                            page.records().forEach(it -> text.append(RecordWords.csv(it)));
                            sink.next(text.toString().getBytes(UTF_8));
                            Long below = page.next();
                            if (below == null) {
                                sink.complete();
                                return next;
                            }
                            return next.below(below);
                        })
                .subscribeOn(blocking);
    }
}
