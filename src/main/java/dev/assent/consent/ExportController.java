// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.site.Site;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** All records of a site at once, for an auditor. */
@Controller("/v1/admin/sites/{siteKey}/export")
@Secured("export")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "records")
class ExportController {
    private static final String NDJSON = ExportAnswers.NDJSON;

    private final OperatorQuery query;
    private final ExportAnswers exports;

    ExportController(OperatorQuery query, ExportAnswers exports) {
        this.query = query;
        this.exports = exports;
    }

    @Get("{?from,to,since}")
    @Produces({NDJSON, MediaType.ALL})
    @Operation(
            summary = "Export a site's records with their proofs, oldest first",
            description =
                    "One JSON document a line: a proof bundle for each record and a tombstone for each"
                            + " erased one, none left out between the first and the last. Without bounds"
                            + " these are number 1 and the last that the log's checkpoint covers; with"
                            + " bounds, those of the first and last record, not erased, that was made"
                            + " within them. Everything lies under the checkpoint that is served at the"
                            + " beginning, but for records that are erased while the export runs, from"
                            + " which on it goes on under the newest. Assent-First-Seq, Assent-Last-Seq"
                            + " and the file's name say which numbers are coming; what ends before is"
                            + " not whole. If the service cannot go on it breaks the connection off,"
                            + " without the chunk that ends a body. Sent as fast as it is read, and"
                            + " never compressed. `./assent verify FILE` checks it as a whole.")
    @ApiResponse(
            responseCode = "200",
            description =
                    "the export; no line and no Assent-… header if there is nothing to export",
            content = @Content(mediaType = NDJSON, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", description = "not-found: no such site")
    @ApiResponse(responseCode = "422", description = "invalid-query: a bound or size is none")
    HttpResponse<Publisher<byte[]>> export(
            @PathVariable String siteKey,
            Authentication caller,
            @Schema(description = "A date or an instant: made at it or after") @Nullable @QueryValue
                    String from,
            @Schema(description = "A date or an instant: made before it") @Nullable @QueryValue
                    String to,
            @Schema(
                            description =
                                    "Size of a checkpoint kept earlier: the first line under each"
                                            + " checkpoint then proves that the log has only grown"
                                            + " since.")
                    @QueryValue
                    @Nullable Long since) {
        Site site = query.site(siteKey, caller);
        var request =
                new ConsentExport.Request(
                        site,
                        OperatorQuery.instant("from", from),
                        OperatorQuery.instant("to", to),
                        since);
        return exports.answer(request);
    }
}
