// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import dev.assent.site.Tracker;
import java.time.LocalDate;

/**
 * A cookie or storage key that was found and that no policy declared.
 *
 * @param type {@code cookie}, {@code localStorage} or {@code sessionStorage}
 * @param name digits are {@code #}, what may be an identifier is {@code *}
 * @param count page views that told of it; with a sample of one in n about one in n of all
 */
public record Undeclared(
        String type,
        String name,
        LocalDate firstSeen,
        LocalDate lastSeen,
        long count,
        boolean ignored) {

    /** Whether {@code tracker} declares it, as far as the masked name tells. */
    public boolean isDeclaredBy(Tracker tracker) {
        if (!tracker.type().equals(type)) {
            return false;
        }
        if (tracker.match().equals("prefix")) {
            String prefix = tracker.name().replaceFirst("[*]$", "");
            return !prefix.isEmpty()
                    && (name.startsWith(prefix) || name.startsWith(MaskedName.of(prefix)));
        }
        return name.equals(MaskedName.of(tracker.name()));
    }
}
