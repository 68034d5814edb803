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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page says that a banner was shown on it, and names what its policy does not declare. */
@Controller("/v1/sites/{siteKey}")
@Tag(name = "Counts")
@Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
@Produces({MediaType.APPLICATION_JSON, MediaType.ALL})
class CountsController {
    private static final byte[] NOTHING = {};

    private final Admission admission;
    private final ShownCounts counts;
    private final UndeclaredTrackers trackers;
    private final RateLimit rateLimit;

    CountsController(
            Admission admission,
            ShownCounts counts,
            UndeclaredTrackers trackers,
            RateLimit rateLimit) {
        this.admission = admission;
        this.counts = counts;
        this.trackers = trackers;
        this.rateLimit = rateLimit;
    }

    @Post("/shown")
    @Operation(
            summary = "Count a banner that was shown",
            description =
                    "Only under a policy with countShown. A count by day, version, language and layout;"
                            + " nothing says whose it is, and nothing is kept of the request.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = BannerShown.class)))
    @ApiResponse(responseCode = "204", description = "counted")
    @ApiResponse(responseCode = "403", description = "origin-not-allowed")
    @ApiResponse(responseCode = "404", description = "not-found: there is no such site")
    @ApiResponse(responseCode = "422", description = "invalid-count: see errors[]")
    @ApiResponse(responseCode = "429", description = "rate-limited")
    CompletableFuture<HttpResponse<?>> shown(
            @PathVariable String siteKey, HttpRequest<?> request, @Nullable @Body byte[] body) {
        BannerShown shown = read(request, body, BannerShown::read);
        return empty(
                admission.take(
                        siteKey,
                        request,
                        (int) shown.version(),
                        version -> version.counting().shown(),
                        (site, version) -> {
                            if (!version.languages().contains(shown.language())) {
                                throw Admission.fault("/language", "not offered in that version");
                            }
                            counts.add(site, shown);
                        }));
    }

    @Post("/undeclared")
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
    CompletableFuture<HttpResponse<?>> undeclared(
            @PathVariable String siteKey, HttpRequest<?> request, @Nullable @Body byte[] body) {
        UndeclaredReport report = read(request, body, UndeclaredReport::read);
        return empty(
                admission.take(
                        siteKey,
                        request,
                        (int) report.version(),
                        version -> version.counting().undeclared() > 0,
                        (site, version) -> trackers.add(site, version, report)));
    }

    private <T> T read(HttpRequest<?> request, byte @Nullable [] body, Function<byte[], T> reader) {
        rateLimit.checkCount(request);
        return reader.apply(body == null ? NOTHING : body);
    }

    private static CompletableFuture<HttpResponse<?>> empty(CompletableFuture<Void> taken) {
        return taken.thenApply(done -> HttpResponse.noContent());
    }
}
