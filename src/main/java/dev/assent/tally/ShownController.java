// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import dev.assent.account.JsonForm;
import dev.assent.web.RateLimit;
import io.micronaut.core.annotation.Introspected;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A page says that a banner was shown on it. */
@Controller("/v1/sites/{siteKey}/shown")
@Tag(name = "Counts")
class ShownController {
    private static final byte[] NOTHING = {};
    private static final List<String> LAYOUTS = List.of("desktop", "mobile");

    private final Admission admission;
    private final ShownCounts counts;
    private final RateLimit rateLimit;

    ShownController(Admission admission, ShownCounts counts, RateLimit rateLimit) {
        this.admission = admission;
        this.counts = counts;
        this.rateLimit = rateLimit;
    }

    /**
     * What is sent.
     *
     * @param version of the policy
     * @param language in which the banner spoke
     * @param layout {@code desktop} or {@code mobile}
     */
    @Introspected
    @Schema(name = "BannerShown")
    record Shown(long version, String language, String layout) {
        static final int MAX_BYTES = 512;

        static Shown read(byte[] body) {
            return JsonForm.read(
                    body,
                    "count",
                    MAX_BYTES,
                    form -> {
                        form.required("version");
                        form.required("layout");
                        return new Shown(
                                form.integer("version", 1, Integer.MAX_VALUE, 1),
                                form.requiredText("language", 35),
                                form.oneOf("layout", LAYOUTS));
                    });
        }
    }

    @Post
    @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Produces({MediaType.APPLICATION_JSON, MediaType.ALL})
    @Operation(
            summary = "Count a banner that was shown",
            description =
                    "Only under a policy with countShown. A count by day, version, language and layout;"
                            + " nothing says whose it is, and nothing is kept of the request.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Shown.class)))
    @ApiResponse(responseCode = "204", description = "counted")
    @ApiResponse(responseCode = "403", description = "origin-not-allowed")
    @ApiResponse(responseCode = "404", description = "not-found: there is no such site")
    @ApiResponse(responseCode = "422", description = "invalid-count: see errors[]")
    @ApiResponse(responseCode = "429", description = "rate-limited")
    CompletableFuture<HttpResponse<?>> count(
            @PathVariable String siteKey, HttpRequest<?> request, @Nullable @Body byte[] body) {
        rateLimit.checkCount(request);
        Shown shown = Shown.read(body == null ? NOTHING : body);
        return admission
                .take(
                        siteKey,
                        request,
                        (int) shown.version(),
                        version -> version.counting().shown(),
                        (site, version) -> {
                            if (!version.languages().contains(shown.language())) {
                                throw Admission.fault("/language", "not offered in that version");
                            }
                            counts.add(site, shown);
                        })
                .thenApply(done -> HttpResponse.noContent());
    }
}
