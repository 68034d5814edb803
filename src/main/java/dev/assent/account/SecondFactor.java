// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operator's second factor as it is stored.
 *
 * @param sealed the secret, sealed by {@link SecretFile}
 * @param confirmedAt absent until the first code has been typed
 * @param lastStep the last time step whose code was taken
 */
@MappedEntity
record SecondFactor(
        @Id long operatorId, byte[] sealed, @Nullable Instant confirmedAt, long lastStep) {}
