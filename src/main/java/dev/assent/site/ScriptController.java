// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.site.ServedScript.Representation;
import dev.assent.web.ContentCoding;
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
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * Answers for scripts that {@link ScriptHandler} has not answered: those not in memory, and unusual
 * requests. The answers are the same.
 */
@Controller("/w")
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Script")
class ScriptController {
    static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final SiteScripts scripts;
    private final ScriptMetrics metrics;

    ScriptController(SiteScripts scripts, ScriptMetrics metrics) {
        this.scripts = scripts;
        this.metrics = metrics;
    }

    @Get("/{siteKey}.js")
    @Produces(MediaType.ALL)
    @Operation(
            summary = "The site's script",
            description = "Widget, live policy and texts in one response: a script tag's address.",
            parameters =
                    @Parameter(
                            name = "language",
                            in = ParameterIn.QUERY,
                            description =
                                    "BCP 47. Brings only the texts in the nearest language that"
                                            + " the site offers, else in its default language.",
                            schema = @Schema(type = "string", example = "fr-CA")))
    @ApiResponse(
            responseCode = "200",
            description = "the script, encoded as the client takes it",
            content = @Content(mediaType = "text/javascript", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "304", description = "the client holds it already")
    @ApiResponse(responseCode = "404", description = "no such site, or nothing published")
    CompletableFuture<HttpResponse<?>> live(@PathVariable String siteKey, HttpRequest<?> request) {
        String language = ScriptQuery.language(request.getUri().getRawQuery());
        if (language == null) {
            boolean inMemory = scripts.inMemory(siteKey) != null;
            return scripts.live(siteKey)
                    .thenApply(script -> answer(request, script, ServedScript::live, inMemory));
        }
        boolean inMemory = scripts.inMemoryIn(siteKey, language) != null;
        return scripts.live(siteKey, language)
                .thenApply(script -> answer(request, script, ServedScript::live, inMemory));
    }

    @Get("/{siteKey}/{sha256}.js")
    @Produces(MediaType.ALL)
    @Operation(
            summary = "A script by its content",
            description = "The same bytes for ever, for tags with an integrity attribute.")
    @ApiResponse(
            responseCode = "200",
            description = "the script, encoded as the client takes it",
            content = @Content(mediaType = "text/javascript", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "304", description = "the client holds it already")
    @ApiResponse(responseCode = "404", description = "this site never had this script live")
    CompletableFuture<HttpResponse<?>> byHash(
            @PathVariable String siteKey, @PathVariable String sha256, HttpRequest<?> request) {
        if (!HASH.matcher(sha256).matches()) {
            return CompletableFuture.completedFuture(ScriptAnswers.notFound());
        }
        boolean inMemory = scripts.inMemory(siteKey, sha256) != null;
        return scripts.byHash(siteKey, Hash.fromHex(sha256))
                .thenApply(script -> answer(request, script, ServedScript::byHash, inMemory));
    }

    private HttpResponse<?> answer(
            HttpRequest<?> request,
            Optional<ServedScript> script,
            BiFunction<ServedScript, ContentCoding, Representation> form,
            boolean inMemory) {
        HttpResponse<?> response =
                script.<HttpResponse<?>>map(served ->
                                ScriptAnswers.of(request, coding -> form.apply(served, coding)))
                        .orElseGet(ScriptAnswers::notFound);
        if (inMemory) {
            metrics.served(response.code());
        } else {
            metrics.missed();
        }
        return response;
    }
}
