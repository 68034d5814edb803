// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.web.Timestamps;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The organization's keys. */
@Controller("/v1/admin/keys")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured("organization")
@Tag(name = "keys")
class ApiKeyController {
    private final ApiKeys keys;
    private final ApiKeyIssuer issuer;

    ApiKeyController(ApiKeys keys, ApiKeyIssuer issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    @Operation(
            summary = "Make a key; the answer is the only place where it is ever told",
            requestBody =
                    @RequestBody(
                            content = @Content(schema = @Schema(implementation = Asked.class))))
    @Post
    @Status(HttpStatus.CREATED)
    Told issue(Authentication caller, @Body byte[] body) {
        var issued = issuer.issue(ApiKey.of(caller), NewKey.parse(body));
        return Told.of(issued.key(), issued.secret());
    }

    @Operation(summary = "List the keys that are not revoked, without telling them")
    @Get
    List<Told> list(Authentication caller) {
        return keys.list(ApiKey.of(caller).organizationId()).stream()
                .map(key -> Told.of(key, null))
                .toList();
    }

    @Operation(summary = "Revoke a key")
    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    void revoke(Authentication caller, long id) {
        issuer.revoke(ApiKey.of(caller), id);
    }

    /** What is sent to make a key. */
    @Serdeable
    @Schema(name = "NewKey")
    record Asked(String name, List<String> scopes) {}

    /**
     * A key as it is told.
     *
     * @param lastUsedAt to the minute; absent until it is used
     * @param key itself, when it has just been made
     */
    @Serdeable
    @Schema(name = "Key")
    record Told(
            long id,
            String name,
            List<String> scopes,
            boolean fromEnvironment,
            String createdAt,
            @Nullable String lastUsedAt,
            @Nullable String key) {

        static Told of(ApiKey key, @Nullable String secret) {
            return new Told(
                    key.id(),
                    key.name(),
                    key.scopes(),
                    key.fromEnvironment(),
                    Timestamps.format(key.createdAt()),
                    key.lastUsedAt() == null ? null : Timestamps.format(key.lastUsedAt()),
                    secret);
        }
    }
}
