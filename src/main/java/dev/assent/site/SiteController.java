// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.ApiKey;
import dev.assent.web.PublicUrl;
import dev.assent.web.Timestamps;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The organization's sites. */
@Controller("/v1/admin/sites")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured("sites")
@Tag(name = "sites")
class SiteController {
    private final Sites sites;
    private final PublicUrl url;

    SiteController(Sites sites, PublicUrl url) {
        this.sites = sites;
        this.url = url;
    }

    @Operation(
            summary = "Make a site; its key goes into the script tag",
            requestBody =
                    @RequestBody(
                            content = @Content(schema = @Schema(implementation = Asked.class))))
    @Post
    HttpResponse<Told> create(Authentication caller, @Body byte[] body) {
        Site site = sites.create(organization(caller), SiteDetails.parse(body));
        return HttpResponse.created(told(site), URI.create("/v1/admin/sites/" + site.siteKey()));
    }

    @Operation(summary = "List the sites")
    @Get
    List<Told> list(Authentication caller) {
        return sites.list(organization(caller)).stream().map(this::told).toList();
    }

    @Operation(summary = "Read a site")
    @Get("/{siteKey}")
    Told read(Authentication caller, String siteKey) {
        return told(sites.require(organization(caller), siteKey));
    }

    @Operation(
            summary = "Change what is named of a site; an empty cookieDomain takes it away",
            requestBody =
                    @RequestBody(
                            content = @Content(schema = @Schema(implementation = Asked.class))))
    @Patch("/{siteKey}")
    Told change(Authentication caller, String siteKey, @Body byte[] body) {
        return told(
                sites.change(
                        organization(caller),
                        siteKey,
                        site -> SiteDetails.parseChange(body, site)));
    }

    @Operation(summary = "Remove a site; its records stay until their retention ends")
    @Delete("/{siteKey}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(Authentication caller, String siteKey) {
        sites.remove(organization(caller), siteKey);
    }

    private Told told(Site site) {
        return Told.of(site, url.of("/w/" + site.siteKey() + ".js"));
    }

    private static long organization(Authentication caller) {
        return ApiKey.of(caller).organizationId();
    }

    /** What is sent to make or change a site. */
    @Serdeable
    @Schema(name = "NewSite")
    record Asked(
            String name,
            List<String> origins,
            @Nullable String cookieDomain,
            @Nullable String retention) {}

    /**
     * A site as it is told.
     *
     * @param script the address that belongs into the script tag
     */
    @Serdeable
    @Schema(name = "Site")
    record Told(
            String siteKey,
            String name,
            List<String> origins,
            @Nullable String cookieDomain,
            String retention,
            String createdAt,
            String script) {

        static Told of(Site site, String script) {
            return new Told(
                    site.siteKey(),
                    site.name(),
                    site.origins(),
                    site.cookieDomain(),
                    site.retention().toString(),
                    Timestamps.format(site.createdAt()),
                    script);
        }
    }
}
