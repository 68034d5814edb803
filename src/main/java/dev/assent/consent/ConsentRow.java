// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code consent_record}, as far as reading needs it. */
@MappedEntity("consent_record")
@SuppressWarnings("ArrayRecordComponent")
record ConsentRow(
        @Id UUID id,
        long seq,
        long logIndex,
        Instant recordedAt,
        Instant expiresAt,
        byte[] salt,
        byte[] document) {

    ConsentRecord record() {
        return new ConsentRecord(id, seq, logIndex, recordedAt, expiresAt, salt, document);
    }
}
