// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What visitors answered: search, a record’s page, its replay, its export, and the public proof
 * page.
 *
 * <p>Imports the console’s frame and what {@code consent} and {@code evidence} do. Begin with
 * {@link dev.assent.console.record.RecordPages} and {@link dev.assent.console.record.ProofPages}.
 */
@NullMarked
package dev.assent.console.record;

import org.jspecify.annotations.NullMarked;
