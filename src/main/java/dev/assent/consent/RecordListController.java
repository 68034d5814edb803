// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.account.ApiKey;
import dev.assent.site.Site;
import dev.assent.site.Sites;
import dev.assent.web.Problem.Fault;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
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
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An organization's view of its sites' records, and its way to erase one. */
@Controller("/v1/admin/sites/{siteKey}/consents")
@Secured("records")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Operator")
class RecordListController {
    private static final int MAX_PAGE = 500;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final Sites sites;
    private final ConsentRecords records;
    private final Erasures erasures;

    RecordListController(Sites sites, ConsentRecords records, Erasures erasures) {
        this.sites = sites;
        this.records = records;
        this.erasures = erasures;
    }

    @Get("{?from,to,action,after,limit}")
    @Operation(
            summary = "List a site's records, newest first",
            description =
                    "Pages follow one another by `next`, which goes into `after`; the last page has none."
                            + " Erased records are not listed: their seq is missing.")
    HttpResponse<RecordPage> list(
            @PathVariable String siteKey,
            Authentication caller,
            @Nullable @QueryValue String from,
            @Nullable @QueryValue String to,
            @Nullable @QueryValue String action,
            @Nullable @QueryValue String after,
            @QueryValue(defaultValue = "100") int limit) {
        Site site = own(siteKey, caller);
        var search =
                new ConsentRecords.Search(
                        seq(after), instant("from", from), instant("to", to), action(action));
        RecordPage page = records.page(site, search, Math.clamp(limit, 1, MAX_PAGE));
        return HttpResponse.ok(page).header(HttpHeaders.CACHE_CONTROL, "private, no-store");
    }

    @Delete("/{id}")
    @Operation(
            summary = "Erase a record at a request",
            description =
                    "Row and salt are removed for good; its number keeps a tombstone, and the log a"
                            + " statement of erasure. Unknown, erased and other sites' ids get the same"
                            + " 404.")
    @ApiResponse(responseCode = "204", description = "erased")
    @ApiResponse(responseCode = "404", description = "not-found: no such site, or no such record")
    HttpResponse<?> erase(
            @PathVariable String siteKey, @PathVariable String id, Authentication caller) {
        Site site = own(siteKey, caller);
        ConsentRecord record =
                records.find(id).orElseThrow(() -> ProblemException.notFound("record"));
        if (!erasures.eraseRecord(site, record.id())) {
            throw ProblemException.notFound("record");
        }
        return HttpResponse.noContent();
    }

    /**
     * Another organization's site is as unknown as one that never was; a removed one keeps its
     * records.
     */
    private Site own(String siteKey, Authentication caller) {
        return sites.find(siteKey)
                .join()
                .filter(site -> site.organizationId() == ApiKey.of(caller).organizationId())
                .orElseThrow(() -> ProblemException.notFound("site"));
    }

    private static long seq(@Nullable String after) {
        if (after == null) {
            return Long.MAX_VALUE;
        }
        if (!after.matches("[1-9][0-9]{0,17}")) {
            throw fault("after", "expected the value of next in the page before");
        }
        return Long.parseLong(after);
    }

    private static @Nullable Instant instant(String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant =
                    text.length() == "2026-11-21".length()
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // The fault below says what was expected.
        }
        throw fault(
                parameter,
                "expected a date such as 2026-11-21 or an instant such as 2026-11-21T10:00:00Z,"
                        + " in the years 1 to 9999");
    }

    private static @Nullable String action(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return Action.of(word)
                .orElseThrow(() ->
                        fault("action", "expected accept_all, reject_all, save, withdraw or gpc"))
                .word();
    }

    private static ProblemException fault(String parameter, String detail) {
        return ProblemException.unacceptable("query", List.of(new Fault("/" + parameter, detail)));
    }
}
