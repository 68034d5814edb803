// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.ProofBundle;
import dev.assent.receipt.Receipt;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
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
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Receipts: a record's proof that it is in the log, for whoever has the record's id. */
@Controller("/v1/consents")
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Consents")
class ReceiptController {
    private static final Pending PENDING =
            new Pending("pending", "No signed checkpoint covers this record yet. Ask again.");
    private static final String RETRY_AFTER_SECONDS = "1";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final ConsentRecords records;
    private final Receipts receipts;

    ReceiptController(ConsentRecords records, Receipts receipts) {
        this.records = records;
        this.receipts = receipts;
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
    @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON, MediaType.ALL})
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Operation(
            summary = "Fetch a record's receipt",
            description =
                    "The receipt alone as a C2SP tlog-proof (text/plain), or with the policy artefact"
                            + " and the log's key as a proof bundle (application/json). Unknown and"
                            + " erased ids get the same 404.")
    @ApiResponse(
            responseCode = "200",
            description = "the receipt",
            content = {
                @Content(mediaType = MediaType.TEXT_PLAIN),
                @Content(mediaType = MediaType.APPLICATION_JSON)
            })
    @ApiResponse(
            responseCode = "202",
            description = "no signed checkpoint covers the record yet; see Retry-After",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Pending.class)))
    @ApiResponse(responseCode = "404", description = "not-found")
    @ApiResponse(responseCode = "422", description = "invalid-request: the log never had that size")
    HttpResponse<?> receipt(
            HttpRequest<?> request,
            @PathVariable String id,
            @Schema(
                            description =
                                    "Size of a checkpoint kept earlier: the bundle then proves that"
                                            + " the log has only grown since.")
                    @QueryValue
                    @Nullable Long since) {
        ConsentRecord record =
                records.find(id).orElseThrow(() -> ProblemException.notFound("record"));
        return prefersJson(request)
                ? receipts.bundle(record, since)
                        .map(answer(record, ReceiptController::json))
                        .orElseGet(ReceiptController::pending)
                : receipts.receipt(record)
                        .map(answer(record, ReceiptController::text))
                        .orElseGet(ReceiptController::pending);
    }

    /** Whichever of the two the client would rather have; the receipt alone if it is all one. */
    private static boolean prefersJson(HttpRequest<?> request) {
        for (MediaType type : request.accept()) {
            if (type.matches(MediaType.TEXT_PLAIN_TYPE)) {
                return false;
            }
            if (type.matches(MediaType.APPLICATION_JSON_TYPE)) {
                return true;
            }
        }
        return false;
    }

    private static <T> Function<T, HttpResponse<?>> answer(
            ConsentRecord record, Function<T, Answer> form) {
        return proof -> {
            Answer answer = form.apply(proof);
            String file = "assent-" + record.id() + answer.ending();
            return HttpResponse.ok(answer.text().getBytes(UTF_8))
                    .header(HttpHeaders.CONTENT_TYPE, answer.type())
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            "attachment; filename=\"" + file + "\"");
        };
    }

    private record Answer(String type, String ending, String text) {}

    private static Answer text(Receipt receipt) {
        return new Answer(TEXT, ".tlog-proof", receipt.format());
    }

    private static Answer json(ProofBundle bundle) {
        String json = new String(CanonicalJson.write(bundle.json()), UTF_8);
        return new Answer(MediaType.APPLICATION_JSON, ".json", json);
    }

    private static HttpResponse<?> pending() {
        return HttpResponse.accepted()
                .body(PENDING)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
}
