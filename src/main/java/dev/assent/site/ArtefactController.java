// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.log.LogProofs;
import dev.assent.merkle.Hash;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Policy artefacts for everybody, by their hash. */
@Controller("/v1/artefacts")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "evidence")
class ArtefactController {
    private static final String FOR_A_YEAR = "public, max-age=31536000, immutable";

    private final Artefacts artefacts;
    private final LogProofs log;

    ArtefactController(Artefacts artefacts, LogProofs log) {
        this.artefacts = artefacts;
        this.log = log;
    }

    @Operation(summary = "Read what a policy version said, byte for byte as it was hashed")
    @Get(value = "/{sha256}", produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> read(HttpRequest<?> request, String sha256) {
        byte[] document =
                artefacts
                        .find(hash(sha256))
                        .orElseThrow(() -> ProblemException.notFound("artefact"));
        String tag = '"' + sha256 + '"';
        var response =
                tag.equals(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH))
                        ? HttpResponse.<byte[]>notModified()
                        : HttpResponse.ok(document);
        return response.header(HttpHeaders.ETAG, tag).header(HttpHeaders.CACHE_CONTROL, FOR_A_YEAR);
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

    private static Hash hash(String hex) {
        try {
            return Hash.fromHex(hex);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("artefact");
        }
    }
}
