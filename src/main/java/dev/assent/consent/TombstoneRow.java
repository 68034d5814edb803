// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A row of {@code erasure_tombstone}. */
@MappedEntity("erasure_tombstone")
record TombstoneRow(
        @Id long seq, long logIndex, String reason, Instant erasedAt, long statementIndex) {

    SiteRecords.Tombstone tombstone() {
        return new SiteRecords.Tombstone(seq, logIndex, reason, erasedAt, statementIndex);
    }
}
