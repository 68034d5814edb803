// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What an auditor of one site needs: a link in without an account, a sample drawn by a seed, the
 * answer whether records are missing between two receipts, and everything as one archive to check
 * elsewhere. Reads evidence and makes none.
 *
 * <p>May import {@code consent}, {@code site}, {@code account}, {@code log}, {@code receipt},
 * {@code note}, {@code merkle} and {@code web}. Begin with {@link dev.assent.audit.AuditScope}.
 */
@NullMarked
package dev.assent.audit;

import org.jspecify.annotations.NullMarked;
