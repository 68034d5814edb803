// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.web.ProblemException;
import dev.assent.web.PublicUrl;
import dev.assent.web.RateLimit;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
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
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;

/** Choices come in, records go out. */
@Controller("/v1")
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Consents")
class ConsentController {
    private static final byte[] NOTHING = {};

    private final Reception reception;
    private final ConsentRecords records;
    private final RateLimit rateLimit;
    private final PublicUrl url;

    ConsentController(
            Reception reception, ConsentRecords records, RateLimit rateLimit, PublicUrl url) {
        this.reception = reception;
        this.records = records;
        this.rateLimit = rateLimit;
        this.url = url;
    }

    @Post("/sites/{siteKey}/consents")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    // The answer is JSON whatever Accept says: no choice is lost over the form of its answer.
    @Produces({MediaType.APPLICATION_JSON, MediaType.ALL})
    @Operation(
            summary = "Record a choice",
            description =
                    "Answered when the record is durable. Sending the same choice again, by id, gives the"
                            + " same record.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ChoiceSchema.class)),
                @Content(
                        mediaType = MediaType.TEXT_PLAIN,
                        schema = @Schema(implementation = ChoiceSchema.class))
            })
    @ApiResponse(
            responseCode = "201",
            description = "recorded",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Recording.class)))
    @ApiResponse(
            responseCode = "200",
            description = "this very choice had been recorded before",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Recording.class)))
    @ApiResponse(
            responseCode = "400",
            description = "malformed: not JSON, not UTF-8, or not what Content-Encoding says")
    @ApiResponse(responseCode = "403", description = "origin-not-allowed")
    @ApiResponse(responseCode = "404", description = "not-found: there is no such site")
    @ApiResponse(
            responseCode = "409",
            description = "consent-id-reused: another choice has this id")
    @ApiResponse(responseCode = "413", description = "more than 8 KiB")
    @ApiResponse(responseCode = "415", description = "neither application/json nor text/plain")
    @ApiResponse(responseCode = "422", description = "invalid-choice, with every fault in errors[]")
    @ApiResponse(responseCode = "429", description = "rate-limited; see Retry-After")
    @ApiResponse(responseCode = "503", description = "nothing was stored; see Retry-After")
    CompletableFuture<HttpResponse<Recording>> record(
            @PathVariable String siteKey, HttpRequest<?> request, @Nullable @Body byte[] body) {
        rateLimit.check(request);
        return reception
                .take(siteKey, request, body == null ? NOTHING : body)
                .thenApply(recorded -> answer(siteKey, recorded));
    }

    @Get("/consents/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Operation(
            summary = "Read a record",
            description =
                    "The canonical record, byte for byte as it was committed to the log. A browser gets"
                            + " a page, and who asks for linked data the consent record of ISO/IEC TS"
                            + " 27560 in terms of the Data Privacy Vocabulary: an array, one for each"
                            + " purpose that was asked for. Unknown and erased ids get the same 404.")
    @ApiResponse(
            responseCode = "200",
            description = "the record",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")),
                @Content(
                        mediaType = DpvController.TYPE,
                        array = @ArraySchema(schema = @Schema(type = "object")))
            })
    @ApiResponse(responseCode = "404", description = "not-found")
    HttpResponse<byte[]> read(@PathVariable String id) {
        ConsentRecord record =
                records.find(id).orElseThrow(() -> ProblemException.notFound("record"));
        String artefact = url.of(record.artefactPath());
        return HttpResponse.ok(record.document())
                .header(HttpHeaders.LINK, "<" + artefact + ">; rel=\"describedby\"");
    }

    private HttpResponse<Recording> answer(String siteKey, Recorded recorded) {
        Recording recording = Recording.of(recorded.record(), siteKey, url);
        var response =
                recorded.isNew() ? HttpResponse.created(recording) : HttpResponse.ok(recording);
        return response.contentType(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store");
    }
}
