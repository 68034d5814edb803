// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import dev.assent.web.RateLimit;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A page names the cookies and storage keys that its policy does not declare. */
@Controller("/v1/sites/{siteKey}/undeclared")
@Tag(name = "Counts")
class UndeclaredController {
    private static final byte[] NOTHING = {};

    private final Admission admission;
    private final UndeclaredTrackers trackers;
    private final RateLimit rateLimit;

    UndeclaredController(Admission admission, UndeclaredTrackers trackers, RateLimit rateLimit) {
        this.admission = admission;
        this.trackers = trackers;
        this.rateLimit = rateLimit;
    }

    @Post
    @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Produces({MediaType.APPLICATION_JSON, MediaType.ALL})
    @Operation(
            summary = "Name cookies and storage keys that the policy does not declare",
            description =
                    "Only under a policy with sampleUndeclared. Names alone, never values: masked by"
                            + " the widget and again here, at most 20 in a report, 200 kept for a site.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = UndeclaredReport.class)))
    @ApiResponse(responseCode = "204", description = "taken; names that say nothing are ignored")
    @ApiResponse(responseCode = "403", description = "origin-not-allowed")
    @ApiResponse(responseCode = "404", description = "not-found: there is no such site")
    @ApiResponse(responseCode = "422", description = "invalid-count: see errors[]")
    @ApiResponse(responseCode = "429", description = "rate-limited")
    CompletableFuture<HttpResponse<?>> take(
            @PathVariable String siteKey, HttpRequest<?> request, @Nullable @Body byte[] body) {
        rateLimit.checkCount(request);
        UndeclaredReport report = UndeclaredReport.read(body == null ? NOTHING : body);
        return admission
                .take(
                        siteKey,
                        request,
                        (int) report.version(),
                        version -> version.counting().undeclared() > 0,
                        (site, version) -> trackers.add(site, version, report))
                .thenApply(done -> HttpResponse.noContent());
    }
}
