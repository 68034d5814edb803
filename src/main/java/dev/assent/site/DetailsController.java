// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;

/** The part of the widget that scripts load when a visitor asks for more. */
@Controller("/w/details")
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Script")
class DetailsController {
    private final WidgetParts parts;

    DetailsController(WidgetParts parts) {
        this.parts = parts;
    }

    @Get("/{sha256}.js")
    @Produces(MediaType.ALL)
    @Operation(
            summary = "A part of the widget by its content",
            description =
                    "What a script loads when the preferences open; the script names the hash. The"
                            + " same bytes for ever, of every build that something was published"
                            + " with.")
    @ApiResponse(
            responseCode = "200",
            description = "the part, encoded as the client takes it",
            content = @Content(mediaType = "text/javascript", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "304", description = "the client holds it already")
    @ApiResponse(responseCode = "404", description = "nothing was published with such a part")
    CompletableFuture<HttpResponse<?>> details(
            @PathVariable String sha256, HttpRequest<?> request) {
        if (!ScriptController.HASH.matcher(sha256).matches()) {
            return CompletableFuture.completedFuture(ScriptAnswers.notFound());
        }
        return parts.find(Hash.fromHex(sha256))
                .thenApply(found ->
                        found.<HttpResponse<?>>map(part -> ScriptAnswers.of(request, part::byHash))
                                .orElseGet(ScriptAnswers::notFound));
    }
}
