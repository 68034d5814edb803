// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.consent.SiteRecords;
import dev.assent.console.FormFault;
import dev.assent.console.Moment;
import dev.assent.site.Site;
import java.util.List;

/**
 * A page of a site's records, newest first.
 *
 * @param site also one that is removed
 * @param query as it was typed
 * @param rows found
 * @param erased found in their place, where tombstones are asked for
 * @param purposes ids to offer, those of the records on this page
 * @param looked how far was looked where not all was; empty otherwise
 * @param older address of the next page; empty on the last
 */
public record RecordsPage(
        Site site,
        RecordQuery query,
        SiteRecords.Counts counts,
        List<Row> rows,
        List<Gone> erased,
        List<String> purposes,
        String looked,
        String older,
        FormFault fault) {

    public RecordsPage {
        rows = List.copyOf(rows);
        erased = List.copyOf(erased);
        purposes = List.copyOf(purposes);
    }

    /**
     * @param did what the visitor did, in a few words
     * @param answer to what was asked, with the ids of purposes
     * @param aside what is always on; empty if nothing is
     */
    public record Row(
            String id,
            long seq,
            Moment recorded,
            String did,
            String answer,
            String aside,
            long version,
            String language) {}

    /** An erased record. */
    public record Gone(long seq, Moment erased, String why) {}

    /** Where the list stands. */
    public String here() {
        return "/console/sites/" + site.siteKey() + "/records";
    }

    /** Address of the export in this form, {@code ndjson} or {@code csv}, of what is asked for. */
    public String export(String form) {
        return "/console/sites/"
                + site.siteKey()
                + "/export/records."
                + form
                + "?"
                + query.everything();
    }
}
