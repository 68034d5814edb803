// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.log.LogProofs;
import dev.assent.merkle.Hash;
import dev.assent.web.ContentCoding;
import dev.assent.web.EntityTags;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;

/** Policy artefacts for everybody, by their hash. */
@Controller("/v1/artefacts")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "evidence")
class ArtefactController {
    private static final String FOR_A_YEAR = "public, max-age=31536000, immutable";

    private final Artefacts artefacts;
    private final ArtefactEncodings encodings;
    private final LogProofs log;

    ArtefactController(Artefacts artefacts, ArtefactEncodings encodings, LogProofs log) {
        this.artefacts = artefacts;
        this.encodings = encodings;
        this.log = log;
    }

    @Operation(summary = "Read what a policy version said, byte for byte as it was hashed")
    @Get(value = "/{sha256}", produces = MediaType.APPLICATION_JSON)
    CompletableFuture<HttpResponse<byte[]>> read(HttpRequest<?> request, String sha256) {
        return encodings
                .find(hash(sha256))
                .thenApply(found ->
                        answer(
                                request,
                                sha256,
                                found.orElseThrow(() -> ProblemException.notFound("artefact"))));
    }

    private static HttpResponse<byte[]> answer(
            HttpRequest<?> request, String sha256, Encodings document) {
        HttpHeaders asked = request.getHeaders();
        ContentCoding coding = ContentCoding.choose(asked.get(HttpHeaders.ACCEPT_ENCODING));
        boolean plain = coding == ContentCoding.IDENTITY;
        String tag = '"' + sha256 + (plain ? "" : "-" + coding.token()) + '"';
        boolean held = EntityTags.match(asked.get(HttpHeaders.IF_NONE_MATCH), tag);
        MutableHttpResponse<byte[]> response =
                held ? HttpResponse.notModified() : HttpResponse.ok(document.in(coding));
        if (!held && !plain) {
            response.header(HttpHeaders.CONTENT_ENCODING, coding.token());
        }
        return response.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, FOR_A_YEAR)
                .header(HttpHeaders.VARY, "accept-encoding");
    }

    @Operation(
            summary = "Read the proof that a policy version's words are in the log",
            description =
                    "A C2SP tlog-proof. Its leaf is 0x02 and the SHA-256 in the path. 202 while no"
                            + " signed checkpoint covers it, which takes about a second.")
    @ApiResponse(responseCode = "202", description = "no proof yet; see Retry-After")
    @ApiResponse(responseCode = "404", description = "not-found")
    @Get(value = "/{sha256}/proof", produces = MediaType.TEXT_PLAIN)
    HttpResponse<String> proof(String sha256) {
        long index =
                artefacts
                        .index(hash(sha256))
                        .orElseThrow(() -> ProblemException.notFound("artefact"));
        return log.under(index, proofs -> proofs.tlogProof(index))
                .map(proof -> HttpResponse.ok(proof).header(HttpHeaders.CACHE_CONTROL, "no-cache"))
                .orElseGet(
                        () -> HttpResponse.<String>accepted().header(HttpHeaders.RETRY_AFTER, "1"));
    }

    static Hash hash(String hex) {
        try {
            return Hash.fromHex(hex);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("artefact");
        }
    }
}
