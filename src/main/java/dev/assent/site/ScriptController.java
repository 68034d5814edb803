// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.site.ServedScript.Representation;
import dev.assent.web.ContentCoding;
import dev.assent.web.Problem;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.netty.buffer.ByteBufUtil;
import io.swagger.v3.oas.annotations.Operation;
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
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

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
            description = "Widget, live policy and texts in one response: a script tag's address.")
    @ApiResponse(
            responseCode = "200",
            description = "the script, encoded as the client takes it",
            content = @Content(mediaType = "text/javascript", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "304", description = "the client holds it already")
    @ApiResponse(responseCode = "404", description = "no such site, or nothing published")
    CompletableFuture<HttpResponse<?>> live(@PathVariable String siteKey, HttpRequest<?> request) {
        boolean inMemory = scripts.inMemory(siteKey) != null;
        return scripts.live(siteKey)
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
            return CompletableFuture.completedFuture(notFound());
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
                script.<HttpResponse<?>>map(
                                served -> answer(request, form.apply(served, coding(request))))
                        .orElseGet(ScriptController::notFound);
        if (inMemory) {
            metrics.served(response.code());
        } else {
            metrics.missed();
        }
        return response;
    }

    private static HttpResponse<?> answer(HttpRequest<?> request, Representation representation) {
        if (representation.isHeldBy(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH))) {
            return with(HttpResponse.status(HttpStatus.NOT_MODIFIED), representation.notModified());
        }
        MutableHttpResponse<byte[]> response = HttpResponse.ok();
        if (request.getMethod() != HttpMethod.HEAD) {
            response.body(ByteBufUtil.getBytes(representation.body()));
        }
        return with(response, representation.ok());
    }

    private static HttpResponse<?> with(MutableHttpResponse<?> response, ScriptHeaders headers) {
        headers.forEach(response::header);
        return response;
    }

    /** Kept by caches for a moment only: the site may publish the next minute. */
    private static HttpResponse<?> notFound() {
        return HttpResponse.notFound(ProblemException.notFound("script").problem())
                .contentType(Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=10");
    }

    private static ContentCoding coding(HttpRequest<?> request) {
        return ContentCoding.choose(request.getHeaders().get(HttpHeaders.ACCEPT_ENCODING));
    }
}
