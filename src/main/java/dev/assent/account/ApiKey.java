// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.model.DataType;
import io.micronaut.security.authentication.Authentication;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key by which a program of an organization comes in, without the key itself: of that only the
 * SHA-256 is stored.
 *
 * @param scopes lower-case names of {@link Scope}, at least one
 * @param fromEnvironment set by {@code ASSENT_ADMIN_KEY}; replaced whenever the service starts
 * @param lastUsedAt to the minute; absent until it is used
 * @param revokedAt since when it opens nothing; absent while it does
 */
@MappedEntity
public record ApiKey(
        @Id long id,
        long organizationId,
        String name,
        @MappedProperty(type = DataType.STRING_ARRAY) List<String> scopes,
        boolean fromEnvironment,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    public ApiKey {
        scopes = List.copyOf(scopes);
    }

    public boolean opens(Scope scope) {
        return revokedAt == null && scopes.contains(scope.word());
    }

    /**
     * The key that {@code caller} came in by.
     *
     * @throws IllegalStateException if it came in by anything else; a guarded route is never
     *     reached so
     */
    public static ApiKey of(Authentication caller) {
        if (caller instanceof ApiKeyAuthentication authentication) {
            return authentication.key();
        }
        throw new IllegalStateException("the caller did not come in by an API key");
    }
}
