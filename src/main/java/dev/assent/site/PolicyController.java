// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.ApiKey;
import dev.assent.receipt.CanonicalJson;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
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
import org.jspecify.annotations.Nullable;

/** A site's published versions. */
@Controller(value = "/v1/admin/sites/{siteKey}/policies", produces = MediaType.APPLICATION_JSON)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured("policies")
@Tag(name = "policies")
class PolicyController {
    private final PolicyService policies;
    private final PolicyHistory history;

    PolicyController(PolicyService policies, PolicyHistory history) {
        this.policies = policies;
        this.history = history;
    }

    @Operation(
            summary = "Publish the draft as the next version",
            description =
                    "The version never changes. It goes live when its time has come and its entry"
                            + " lies under what the log has covered; a greater version supersedes a"
                            + " scheduled one. The first version of a site is always material. From announceDays"
                            + " before effectiveAt visitors are told of it; any later publication"
                            + " calls that off.",
            requestBody =
                    @RequestBody(
                            content = @Content(schema = @Schema(implementation = Asked.class))))
    @Post
    HttpResponse<byte[]> publish(Authentication caller, String siteKey, @Body byte[] body) {
        var version = policies.publish(ApiKey.of(caller), siteKey, NewPolicy.parse(body));
        return HttpResponse.<byte[]>created(URI.create("/v1/admin/sites/" + siteKey + "/policies"))
                .body(CanonicalJson.write(version));
    }

    @Operation(summary = "List the versions, newest first")
    @Get
    byte[] list(Authentication caller, String siteKey) {
        return CanonicalJson.write(history.list(organization(caller), siteKey));
    }

    @Operation(summary = "Read a version with its artefact")
    @Get("/{version}")
    byte[] read(Authentication caller, String siteKey, int version) {
        return CanonicalJson.write(history.read(organization(caller), siteKey, version));
    }

    @Operation(summary = "Compare two versions")
    @Get("/{from}/diff/{to}")
    byte[] diff(Authentication caller, String siteKey, int from, int to) {
        return CanonicalJson.write(history.diff(organization(caller), siteKey, from, to));
    }

    private static long organization(Authentication caller) {
        return ApiKey.of(caller).organizationId();
    }

    /** What is sent to publish. */
    @Serdeable
    @Schema(name = "NewPolicy")
    record Asked(
            boolean material,
            String reason,
            @Nullable String effectiveAt,
            @Nullable @Schema(minimum = "1", maximum = "90") Integer announceDays) {}
}
