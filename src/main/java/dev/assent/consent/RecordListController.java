// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.site.Site;
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
import org.jspecify.annotations.Nullable;

/** An organization's view of its sites' records, and its way to erase one. */
@Controller("/v1/admin/sites/{siteKey}/consents")
@Secured("records")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "records")
class RecordListController {
    private static final int MAX_PAGE = 500;

    private final OperatorQuery query;
    private final ConsentRecords records;
    private final Erasures erasures;

    RecordListController(OperatorQuery query, ConsentRecords records, Erasures erasures) {
        this.query = query;
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
        Site site = query.site(siteKey, caller);
        var search =
                new ConsentRecords.Search(
                        seq(after),
                        OperatorQuery.instant("from", from),
                        OperatorQuery.instant("to", to),
                        action(action));
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
        Site site = query.site(siteKey, caller);
        ConsentRecord record =
                records.find(id).orElseThrow(() -> ProblemException.notFound("record"));
        if (!erasures.eraseRecord(site, record.id())) {
            throw ProblemException.notFound("record");
        }
        return HttpResponse.noContent();
    }

    private static long seq(@Nullable String after) {
        if (after == null) {
            return Long.MAX_VALUE;
        }
        if (!after.matches("[1-9][0-9]{0,17}")) {
            throw OperatorQuery.fault("after", "expected the value of next in the page before");
        }
        return Long.parseLong(after);
    }

    private static @Nullable String action(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return Action.of(word)
                .orElseThrow(() ->
                        OperatorQuery.fault(
                                "action", "expected accept_all, reject_all, save, withdraw or gpc"))
                .word();
    }
}
