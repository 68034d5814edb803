// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Tile;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/**
 * The log as strangers read it.
 *
 * @see <a href="https://github.com/C2SP/C2SP/blob/tlog-tiles/v0.1.0/tlog-tiles.md">C2SP tlog-tiles
 *     0.1.0</a>
 */
@Controller("/log")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "log")
class LogController {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String A_MOMENT = "public, max-age=2";
    private static final String FOR_A_YEAR = "public, max-age=31536000, immutable";

    private final PublicLog log;

    LogController(PublicLog log) {
        this.log = log;
    }

    @Get("/checkpoint")
    @Produces(TEXT)
    @Operation(summary = "The newest signed checkpoint, with the witnesses' cosignatures")
    @ApiResponse(responseCode = "404", description = "not-found: nothing is signed yet")
    HttpResponse<byte[]> checkpoint() {
        return log.checkpoint()
                .map(checkpoint -> text(checkpoint.note().format(), A_MOMENT))
                .orElseThrow(() -> ProblemException.notFound("checkpoint"));
    }

    @Get("/vkey")
    @Produces(TEXT)
    @Operation(
            summary = "The log's verifier key",
            description =
                    "Whoever takes it from here trusts on first use: compare it with one from"
                            + " another source.")
    HttpResponse<byte[]> vkey() {
        return log.vkey()
                .map(vkey -> text(vkey + "\n", A_MOMENT))
                .orElseThrow(() -> ProblemException.notFound("key"));
    }

    @Get("/tile/{+path}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            summary = "A tile of hashes, or a bundle of entries",
            description = "tile/L/N[.p/W] and tile/entries/N[.p/W] of C2SP tlog-tiles.")
    @ApiResponse(responseCode = "404", description = "not-found: no such tile in the signed tree")
    HttpResponse<byte[]> tile(String path) {
        return Tile.parse("tile/" + path)
                .flatMap(log::tile)
                .map(LogController::immutable)
                .orElseThrow(() -> ProblemException.notFound("tile"));
    }

    @Get(value = "/statement/{index}", produces = MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What an entry of type 3 or 4 says",
            description =
                    "The canonical statement of erasure or log event whose SHA-256 is the entry's"
                            + " payload, by the entry's index.")
    @ApiResponse(
            responseCode = "404",
            description = "not-found: no such entry in the signed tree, or of another type")
    HttpResponse<byte[]> statement(long index) {
        return log.statement(index)
                .map(LogController::immutable)
                .orElseThrow(() -> ProblemException.notFound("statement"));
    }

    private static HttpResponse<byte[]> text(String text, String caching) {
        return HttpResponse.ok(text.getBytes(UTF_8)).header(HttpHeaders.CACHE_CONTROL, caching);
    }

    private static HttpResponse<byte[]> immutable(byte[] bytes) {
        return HttpResponse.ok(bytes).header(HttpHeaders.CACHE_CONTROL, FOR_A_YEAR);
    }
}
