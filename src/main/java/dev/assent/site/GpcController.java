// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonObject;
import dev.assent.web.Timestamps;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;

/**
 * What a site says about Global Privacy Control: that it abides by the signal.
 *
 * @see <a href="https://www.w3.org/TR/gpc/#gpc-support-resource">Global Privacy Control, support
 *     resource</a>
 */
@Controller("/w")
@Tag(name = "Script")
class GpcController {
    private final LivePolicies live;

    GpcController(LivePolicies live) {
        this.live = live;
    }

    @Get(value = "/{siteKey}/gpc.json", produces = MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The site's support resource for Global Privacy Control",
            description =
                    "What `/.well-known/gpc.json` of the site may redirect to. `lastUpdate` is when"
                            + " the live version was published.")
    @ApiResponse(responseCode = "304", description = "the client holds it already")
    @ApiResponse(responseCode = "404", description = "no such site, or nothing published")
    CompletableFuture<HttpResponse<byte[]>> read(HttpRequest<?> request, String siteKey) {
        return live.require(siteKey).thenApply(version -> answer(request, version));
    }

    private static HttpResponse<byte[]> answer(HttpRequest<?> request, PolicyVersion version) {
        String lastUpdate = Timestamps.format(version.publishedAt());
        byte[] body =
                CanonicalJson.write(
                        JsonObject.builder()
                                .put("gpc", true)
                                .put("lastUpdate", lastUpdate)
                                .build());
        return PublicAnswers.answer(request, body, MediaType.APPLICATION_JSON_TYPE);
    }
}
