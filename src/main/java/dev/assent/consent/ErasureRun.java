// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import java.time.Instant;

/**
 * What one erasure did: all statements of one moment with one reason.
 *
 * @param reason {@code retention}, {@code request} or {@code site-removed}
 * @param count of the records that are gone
 * @param first the smallest of their numbers in the site
 * @param last the largest of them; not every number in between is gone if there are several
 *     statements
 * @param statements how many runs of consecutive numbers, each with an entry in the log
 * @param firstStatement index of the first of these entries
 * @param lastStatement index of the last
 */
public record ErasureRun(
        Instant at,
        String reason,
        long count,
        long first,
        long last,
        long statements,
        long firstStatement,
        long lastStatement) {

    /** This one with another statement of the same moment and reason. */
    ErasureRun with(ErasureRun other) {
        return new ErasureRun(
                at,
                reason,
                count + other.count,
                Math.min(first, other.first),
                Math.max(last, other.last),
                statements + other.statements,
                Math.min(firstStatement, other.firstStatement),
                Math.max(lastStatement, other.lastStatement));
    }
}
