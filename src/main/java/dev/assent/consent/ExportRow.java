// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import org.jspecify.annotations.Nullable;

/**
 * What an export has for one number of a site: a record, or the tombstone of an erased one.
 *
 * @param logIndex of the record's entry
 * @param policyVersion of a record
 * @param salt of a record; of a tombstone empty
 * @param document canonical: the record, or the statement of its erasure
 * @param statementIndex of the entry that states the erasure; of a tombstone only
 */
@MappedEntity("consent_record")
@SuppressWarnings("ArrayRecordComponent")
record ExportRow(
        @Id long seq,
        long logIndex,
        @Nullable Integer policyVersion,
        byte[] salt,
        byte[] document,
        @Nullable Long statementIndex) {

    /** The entry that proves this row: the record's own, or the statement's. */
    long provenIndex() {
        return statementIndex == null ? logIndex : statementIndex;
    }
}
