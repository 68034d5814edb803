// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * An invitation that has been neither accepted nor withdrawn.
 *
 * @param role the lower-case name of a {@link Role}
 */
@MappedEntity
public record Invitation(
        @Id long id, long organizationId, String email, String role, Instant expiresAt) {

    @Override
    public String toString() {
        return "invitation " + id;
    }
}
