// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.retention;

import dev.assent.account.Allowed;
import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.consent.ErasureHistory;
import dev.assent.consent.ErasureHistory.Count;
import dev.assent.consent.ErasureRun;
import dev.assent.consent.SiteRecords;
import dev.assent.console.Html;
import dev.assent.console.OwnSites;
import dev.assent.console.Spans;
import dev.assent.site.Site;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** How long a site keeps its records, and what was erased; also of a site that is removed. */
@Controller("/console/sites/{siteKey}/retention")
@Allowed(Role.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(Html.TYPE)
@Hidden
class RetentionPages {
    private static final int A_PAGE = 100;

    private final Html html;
    private final OwnSites sites;
    private final ErasureHistory history;
    private final SiteRecords records;
    private final InstantSource clock;

    RetentionPages(
            Html html,
            OwnSites sites,
            ErasureHistory history,
            SiteRecords records,
            InstantSource clock) {
        this.html = html;
        this.sites = sites;
        this.history = history;
        this.records = records;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> show(
            SignedIn me,
            @PathVariable String siteKey,
            @QueryValue(defaultValue = "") String before) {
        Site site = sites.require(me, siteKey);
        List<ErasureRun> runs = history.runs(site, index(before), A_PAGE);
        long shown = runs.stream().mapToLong(ErasureRun::statements).sum();
        String older =
                shown < A_PAGE
                        ? ""
                        : "/console/sites/"
                                + siteKey
                                + "/retention?before="
                                + runs.getLast().firstStatement();
        return html.console(HttpStatus.OK, me, "retention", page(site, runs, older));
    }

    private RetentionPage page(Site site, List<ErasureRun> runs, String older) {
        Map<String, Count> counts = history.counts(site);
        Count retention = counts.getOrDefault("retention", Count.NONE);
        Count removed = counts.getOrDefault("site-removed", Count.NONE);
        Instant next =
                history.nextExpiry(site)
                        .map(expiry ->
                                expiry.atOffset(ZoneOffset.UTC).plus(site.retention()).toInstant())
                        .orElse(null);
        long counted = counts.values().stream().mapToLong(Count::records).sum();
        return new RetentionPage(
                site,
                Spans.words(site.retention()),
                records.counts(site).recorded(),
                next,
                next != null && next.isBefore(clock.instant()),
                new Count(
                        retention.records() + removed.records(),
                        retention.moments() + removed.moments()),
                counts.getOrDefault("request", Count.NONE),
                counted > ErasureHistory.MANY,
                runs,
                older);
    }

    private static long index(String before) {
        if (before.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (!before.matches("[0-9]{1,18}")) {
            throw ProblemException.notFound("page");
        }
        return Long.parseLong(before);
    }
}
