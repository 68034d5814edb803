// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How a site's visitors answered. */
@Controller("/v1/admin/sites/{siteKey}/statistics")
@Secured("records")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "records")
class StatisticsController {
    private static final int USUAL_DAYS = 30;
    private static final int MAX_DAYS = 1_100;

    private final OperatorQuery query;
    private final Statistics statistics;
    private final InstantSource clock;

    StatisticsController(OperatorQuery query, Statistics statistics, InstantSource clock) {
        this.query = query;
        this.statistics = statistics;
        this.clock = clock;
    }

    @Get("{?from,to,by}")
    @Operation(
            summary = "Count a site's choices by action, purpose, language, version and layout",
            description =
                    "Days are those of UTC by the service’s clock; from is the first and to the day"
                            + " after the last, at most 1,100. Without them, the last 30 days and"
                            + " today. By a version, language or layout, groups takes the place of days."
                            + " Counts name nobody and stay when a record is erased; recorded"
                            + " is more than counted only while counting has not caught up.")
    @ApiResponse(responseCode = "404", description = "not-found: no such site")
    @ApiResponse(responseCode = "422", description = "invalid-query: a bound is none")
    Statistics.Answers read(
            @PathVariable String siteKey,
            Authentication caller,
            @Nullable @QueryValue String from,
            @Nullable @QueryValue String to,
            @QueryValue(defaultValue = "day") String by) {
        var site = query.site(siteKey, caller);
        Statistics.By kind =
                Statistics.By.named(by)
                        .orElseThrow(() ->
                                OperatorQuery.fault(
                                        "by", "expected day, version, language or layout"));
        LocalDate end = day("to", to, clock.instant().plus(1, ChronoUnit.DAYS));
        Instant usual = end.minusDays(USUAL_DAYS + 1).atStartOfDay(ZoneOffset.UTC).toInstant();
        LocalDate begin = day("from", from, usual);
        if (begin.isAfter(end) || begin.plusDays(MAX_DAYS).isBefore(end)) {
            throw OperatorQuery.fault("from", "expected at most 1,100 days before to");
        }
        return statistics.read(site, begin, end, kind);
    }

    private static LocalDate day(String parameter, @Nullable String text, Instant otherwise) {
        Instant given = OperatorQuery.instant(parameter, text);
        return LocalDate.ofInstant(given == null ? otherwise : given, ZoneOffset.UTC);
    }
}
