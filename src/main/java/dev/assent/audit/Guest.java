// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import java.time.Instant;

/**
 * Who has come in by a {@link ShareLink}.
 *
 * @param label of the link
 * @param scope what may be read, and nothing else
 * @param until when the link ends
 */
public record Guest(long linkId, String label, AuditScope scope, Instant until) {}
