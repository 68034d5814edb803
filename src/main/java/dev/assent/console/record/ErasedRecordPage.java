// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.console.Moment;
import dev.assent.site.Site;

/**
 * What is left of an erased record.
 *
 * @param why in words
 * @param reason as the log's statement has it
 * @param index of its entry in the log
 * @param statement index of the entry that states the erasure
 */
public record ErasedRecordPage(
        Site site, long seq, Moment erased, String why, String reason, long index, long statement) {

    /** Where the list stands. */
    public String list() {
        return "/console/sites/" + site.siteKey() + "/records";
    }
}
