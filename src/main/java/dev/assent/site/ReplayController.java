// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
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
import io.swagger.v3.oas.annotations.Hidden;
import java.util.concurrent.CompletableFuture;

/**
 * What a replayed banner may ask for: its script, the part of the widget that draws the details,
 * and the artefact. They stand under the replay's own address, in the places where the widget looks
 * for them beneath the address that its script came from. Nothing here takes a choice, so one that
 * a replayed banner sent would find nobody.
 */
@Controller("/v1/artefacts/{sha256}/replay")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class ReplayController {
    private static final String FOR_A_YEAR = "public, max-age=31536000, immutable";

    private final Replays replays;
    private final WidgetParts parts;
    private final ArtefactController artefacts;

    ReplayController(Replays replays, WidgetParts parts, ArtefactController artefacts) {
        this.replays = replays;
        this.parts = parts;
        this.artefacts = artefacts;
    }

    @Get("/w/{siteKey}.js")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> script(@PathVariable String sha256, @PathVariable String siteKey) {
        Replay replay =
                replays.find(ArtefactController.hash(sha256))
                        .filter(found -> found.siteKey().equals(siteKey))
                        .orElseThrow(() -> ProblemException.notFound("artefact"));
        return HttpResponse.ok(replay.script())
                .header(HttpHeaders.CONTENT_TYPE, "text/javascript; charset=utf-8")
                .header(HttpHeaders.CACHE_CONTROL, FOR_A_YEAR);
    }

    @Get("/w/details/{part}.js")
    @Produces(MediaType.ALL)
    CompletableFuture<HttpResponse<?>> details(
            @PathVariable String sha256, @PathVariable String part, HttpRequest<?> request) {
        ArtefactController.hash(sha256);
        if (!ScriptController.HASH.matcher(part).matches()) {
            return CompletableFuture.completedFuture(ScriptAnswers.notFound());
        }
        return parts.find(Hash.fromHex(part))
                .thenApply(found ->
                        found.<HttpResponse<?>>map(it -> ScriptAnswers.of(request, it::byHash))
                                .orElseGet(ScriptAnswers::notFound));
    }

    @Get(value = "/v1/artefacts/{same}", produces = MediaType.APPLICATION_JSON)
    CompletableFuture<HttpResponse<byte[]>> artefact(
            @PathVariable String sha256, @PathVariable String same, HttpRequest<?> request) {
        if (!sha256.equals(same)) {
            throw ProblemException.notFound("artefact");
        }
        return artefacts.read(request, sha256);
    }
}
