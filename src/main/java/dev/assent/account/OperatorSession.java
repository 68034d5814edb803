// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Duration;
import java.time.Instant;

/**
 * A session as the database has it, joined with whose it is.
 *
 * @param role of the operator in the organization
 * @param awaitsCode the second factor is yet to come; opens nothing until then
 */
@MappedEntity
record OperatorSession(
        @Id long id,
        long operatorId,
        String email,
        String name,
        long organizationId,
        String organizationName,
        String role,
        boolean awaitsCode,
        Instant createdAt,
        Instant seenAt) {

    /** Without a request for this long it ends. */
    static final Duration IDLE = Duration.ofHours(12);

    /** After this long it ends in any case. */
    static final Duration LONGEST = Duration.ofDays(14);

    /** The second factor has this long to come. */
    static final Duration CODE = Duration.ofMinutes(10);

    boolean isOver(Instant now) {
        Duration longest = awaitsCode ? CODE : LONGEST;
        return !now.isBefore(createdAt.plus(longest)) || !now.isBefore(seenAt.plus(IDLE));
    }

    SignedIn signedIn(Token token) {
        return new SignedIn(
                id,
                operatorId,
                email,
                name,
                organizationId,
                organizationName,
                Role.of(role),
                createdAt,
                token.derived("form"));
    }

    @Override
    public String toString() {
        return "session " + id;
    }
}
