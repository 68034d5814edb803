// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Receipts: a record's proof that it is in the log. None is ready before the log is signed. */
@Controller("/v1/consents")
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Consents")
class ReceiptController {
    private static final Pending PENDING =
            new Pending(
                    "pending",
                    "No signed checkpoint covers this record yet; this version of Assent does not"
                            + " sign any.");
    private static final String RETRY_AFTER_SECONDS = "60";

    private final ConsentRecords records;

    ReceiptController(ConsentRecords records) {
        this.records = records;
    }

    /**
     * The answer while there is no receipt.
     *
     * @param state {@code pending}
     * @param detail why, in a sentence
     */
    @Serdeable
    @Schema(name = "PendingReceipt")
    record Pending(String state, String detail) {}

    @Get("/{id}/receipt")
    @Produces({MediaType.APPLICATION_JSON, MediaType.ALL})
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Operation(
            summary = "Fetch a record's receipt",
            description =
                    "Not before a signed checkpoint covers the record. Unknown and erased ids get the"
                            + " same 404.")
    @ApiResponse(
            responseCode = "202",
            description = "no receipt yet; see Retry-After",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Pending.class)))
    @ApiResponse(responseCode = "404", description = "not-found")
    HttpResponse<Pending> receipt(@PathVariable String id) {
        if (records.find(id).isEmpty()) {
            throw ProblemException.notFound("record");
        }
        return HttpResponse.<Pending>accepted()
                .body(PENDING)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
}
