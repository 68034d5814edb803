// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.site.Site;
import dev.assent.site.Sites;
import dev.assent.web.PublicUrl;
import dev.assent.web.RateLimit;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;

/**
 * A visitor's own records, to read and to erase (GDPR articles 15, 17 and 20). The secret is all
 * the authority that is asked for, from whatever page or program: it is 256 bits that no browser
 * adds by itself, so a list of origins would keep nobody out who has it, and would shut out a
 * visitor whose site has moved. An unknown site is answered as an unknown secret is.
 */
@Controller("/v1/visitors")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
@Produces({MediaType.APPLICATION_JSON, MediaType.ALL})
@Tag(name = "Visitors")
@ApiResponse(
        responseCode = "400",
        description = "malformed: not JSON, not UTF-8, or not what Content-Encoding says")
@ApiResponse(responseCode = "413", description = "more than 8 KiB")
@ApiResponse(responseCode = "415", description = "neither application/json nor text/plain")
@ApiResponse(
        responseCode = "422",
        description = "invalid-visitor-request, with every fault in errors[]")
@ApiResponse(responseCode = "429", description = "rate-limited; see Retry-After")
@ApiResponse(responseCode = "503", description = "the database is out of reach; see Retry-After")
class VisitorController {
    private static final byte[] NOTHING = {};

    private final Sites sites;
    private final ConsentRecords records;
    private final Erasures erasures;
    private final RateLimit rateLimit;
    private final PublicUrl url;

    VisitorController(
            Sites sites,
            ConsentRecords records,
            Erasures erasures,
            RateLimit rateLimit,
            PublicUrl url) {
        this.sites = sites;
        this.records = records;
        this.erasures = erasures;
        this.rateLimit = rateLimit;
        this.url = url;
    }

    /**
     * The answer to an erasure.
     *
     * @param site as it was sent
     * @param erased how many records there were
     */
    @Serdeable
    @Schema(name = "VisitorErasure")
    record Erased(String site, long erased) {}

    /** What a visitor sends; the schema only. */
    @Introspected
    @Schema(name = "VisitorRequest")
    record Asked(
            @Schema(description = "the site's public key", example = "k7Q2mZ0pRb") String site,
            @Schema(
                            description =
                                    "32 bytes as 43 characters of base64url, from the visitor's browser")
                    String secret,
            @Schema(description = "history only: next of the page before") @Nullable
                    String after) {}

    @Post("/erase")
    @Operation(
            summary = "Erase a visitor's records",
            description =
                    "Rows and salts are removed for good; each number of the site's sequence keeps a"
                            + " tombstone, and the log a statement of erasure that names nobody. Sending it"
                            + " again is harmless. An unknown secret, like an unknown site, erases 0.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Asked.class)))
    @ApiResponse(
            responseCode = "200",
            description = "done; perhaps there was nothing",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Erased.class)))
    HttpResponse<Erased> erase(HttpRequest<?> request, @Nullable @Body byte[] body) {
        rateLimit.check(request);
        VisitorRequest visitor = VisitorRequest.ofErasure(body == null ? NOTHING : body);
        long erased =
                site(visitor)
                        .map(site -> erasures.eraseVisitor(site, visitor.subject()))
                        .orElse(0L);
        return json(new Erased(visitor.site(), erased));
    }

    @Post("/history")
    @Operation(
            summary = "Read a visitor's records, oldest first",
            description =
                    "At most 500 in an answer; where there are more, next goes into after. Erased records"
                            + " are not among them. An unknown secret, like an unknown site, has none.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Asked.class)))
    @ApiResponse(
            responseCode = "200",
            description = "a page of records, perhaps none",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = VisitorHistory.class)))
    HttpResponse<VisitorHistory> history(HttpRequest<?> request, @Nullable @Body byte[] body) {
        rateLimit.check(request);
        VisitorRequest visitor = VisitorRequest.ofHistory(body == null ? NOTHING : body);
        List<ConsentRecord> found =
                site(visitor)
                        .map(site -> records.ofVisitor(site, visitor, VisitorHistory.MAX_PAGE + 1))
                        .orElseGet(List::of);
        return json(VisitorHistory.page(visitor.site(), found, url));
    }

    /**
     * Also one that is removed: it keeps its records for a while, which are the visitor's still.
     */
    private Optional<Site> site(VisitorRequest visitor) {
        return sites.find(visitor.site()).join();
    }

    private static <T> HttpResponse<T> json(T body) {
        return HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
