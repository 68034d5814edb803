// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.console.Form;
import dev.assent.console.FormFault;
import dev.assent.console.Moment;
import dev.assent.site.Site;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one record.
 *
 * @param proof what the public page shows of it
 * @param commitment what the log's entry holds, 64 hexadecimal digits
 * @param dpv the record in terms of the Data Privacy Vocabulary, JSON-LD
 * @param replay the banner as it was shown; absent where none was drawn
 * @param previous the same visitor's record before it on this site
 * @param next the one after it
 * @param committed whether the record itself names the previous one
 * @param typed into the form that erases it
 * @param fault of the form that erases it
 */
public record RecordPage(
        Site site,
        ProofPage proof,
        String commitment,
        String dpv,
        @Nullable Replay replay,
        @Nullable Neighbour previous,
        @Nullable Neighbour next,
        boolean committed,
        Form typed,
        FormFault fault) {

    /** Another record of the same visitor. */
    public record Neighbour(String id, long seq, Moment recorded, String did) {}

    /**
     * A banner as it was shown.
     *
     * @param address of the page that shows it
     * @param frame address of the banner alone
     * @param mobile in its form for narrow screens
     */
    public record Replay(String address, String frame, boolean mobile) {}

    /** Where the list stands. */
    public String list() {
        return "/console/sites/" + site.siteKey() + "/records";
    }
}
