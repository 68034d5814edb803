// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.receipt.CanonicalJson;
import dev.assent.web.Accept;
import dev.assent.web.Background;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;

/** What a site keeps in browsers, for its page about cookies. */
@Controller("/v1/sites/{siteKey}/declaration")
@Tag(name = "Script")
class DeclarationController {
    private static final MediaType HTML = MediaType.of("text/html;charset=utf-8");

    /** The fragment may be shown by itself in a frame of the site's page, and do nothing there. */
    private static final String POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'";

    private final LivePolicies live;
    private final Artefacts artefacts;
    private final Background background;

    DeclarationController(LivePolicies live, Artefacts artefacts, Background background) {
        this.live = live;
        this.artefacts = artefacts;
        this.background = background;
    }

    @Get(produces = {MediaType.TEXT_HTML, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "The trackers that the live version declares",
            description =
                    "A table for each purpose, as a fragment of HTML to embed; as JSON to who"
                            + " accepts that rather.")
    @ApiResponse(
            responseCode = "200",
            description = "the declaration",
            content = {
                @Content(mediaType = "text/html", schema = @Schema(type = "string")),
                @Content(mediaType = "application/json", schema = @Schema(type = "object"))
            })
    @ApiResponse(responseCode = "304", description = "the client holds it already")
    @ApiResponse(responseCode = "404", description = "no such site, or nothing published")
    CompletableFuture<HttpResponse<byte[]>> read(
            HttpRequest<?> request,
            String siteKey,
            @Parameter(
                            description =
                                    "BCP 47; the nearest one offered is taken, else the default one")
                    @Nullable
                    @QueryValue
                    String language) {
        return live.require(siteKey)
                .thenApplyAsync(
                        policy -> answer(request, policy, language == null ? "" : language),
                        background);
    }

    private HttpResponse<byte[]> answer(
            HttpRequest<?> request, PolicyVersion policy, String language) {
        Declaration declaration = Declaration.of(policy, artefacts.read(policy.sha256()), language);
        boolean json = Accept.prefersData(request);
        byte[] body =
                json
                        ? CanonicalJson.write(DeclarationJson.of(policy, declaration))
                        : DeclarationHtml.of(declaration).getBytes(UTF_8);
        return PublicAnswers.answer(request, body, json ? MediaType.APPLICATION_JSON_TYPE : HTML)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header("Content-Security-Policy", POLICY);
    }
}
