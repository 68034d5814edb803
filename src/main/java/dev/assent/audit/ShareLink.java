// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link that lets an auditor in without an account: to one site, to read, for a while. Its token
 * is kept nowhere.
 *
 * @param label for whom, in the owner's words
 * @param from records made at or after it; absent: since ever
 * @param to records made before it; absent: until now
 * @param madeBy name of the operator
 * @param revokedAt absent while nobody has ended it
 * @param uses how often it has been opened
 * @param lastUsedAt absent while it has not been opened
 */
public record ShareLink(
        long id,
        String siteKey,
        String label,
        @Nullable Instant from,
        @Nullable Instant to,
        String madeBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        long uses,
        @Nullable Instant lastUsedAt) {
    /** Whether it still opens anything. */
    public boolean isLive(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }
}
