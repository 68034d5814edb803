// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import java.time.Instant;
import java.util.Collection;
import java.util.Locale;

/** Where a version stands: derived from time and log, stored nowhere. */
enum PolicyState {
    /** Its entry does not lie yet under what the log has covered. */
    PENDING,
    /** Covered, but its time has not come. */
    SCHEDULED,
    /** What visitors are shown: the greatest version that is open. */
    LIVE,
    /** A greater version is live. Choices made under it are still recorded, if it ever was open. */
    SUPERSEDED;

    /** The greatest version of {@code rows} that is open; 0 if none is. */
    static int live(Collection<PolicyRow> rows, Instant now, long coveredSize) {
        return rows.stream()
                .filter(row -> row.isOpen(now, coveredSize))
                .mapToInt(PolicyRow::version)
                .max()
                .orElse(0);
    }

    static PolicyState of(PolicyRow row, int live, Instant now, long coveredSize) {
        if (row.version() == live) {
            return LIVE;
        }
        if (row.version() < live) {
            return SUPERSEDED;
        }
        return row.logIndex() < coveredSize ? SCHEDULED : PENDING;
    }

    /** The lower-case name, as in JSON. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
