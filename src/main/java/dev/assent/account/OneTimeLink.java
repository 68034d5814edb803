// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import org.jspecify.annotations.Nullable;

/**
 * What a link that works once is for.
 *
 * @param hash of its token
 * @param purpose {@code set-up}, {@code reset} or {@code invitation}
 * @param operatorId whose password is to be reset
 * @param organizationId where an invitation leads
 */
@MappedEntity
record OneTimeLink(
        @Id byte[] hash,
        String purpose,
        @Nullable Long operatorId,
        @Nullable Long organizationId,
        @Nullable Long invitationId) {}
