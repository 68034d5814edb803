// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of the {@link Trail} as it is stored. */
@MappedEntity
record OperatorEvent(
        @Id long id,
        long organizationId,
        @Nullable Long operatorId,
        @Nullable Long apiKeyId,
        String action,
        String subject,
        Instant at) {}
