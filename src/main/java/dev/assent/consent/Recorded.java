// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

/**
 * What became of a choice.
 *
 * @param record as it is stored
 * @param isNew false where this very choice had been recorded before
 */
record Recorded(ConsentRecord record, boolean isNew) {}
