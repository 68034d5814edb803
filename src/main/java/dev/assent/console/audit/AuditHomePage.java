// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.audit.ShareLinks;
import dev.assent.consent.ExportRange;
import dev.assent.console.Flash;
import dev.assent.console.FormFault;
import dev.assent.console.Handed;
import dev.assent.console.Moment;
import dev.assent.log.SignedCheckpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an audit begins.
 *
 * @param checkpoint that is served now; absent before the first
 * @param numbers under it
 * @param links of the site; none are shown to a guest
 * @param made a link just made
 * @param wish what was typed into the form that makes one
 */
public record AuditHomePage(
        Audit audit,
        @Nullable SignedCheckpoint checkpoint,
        ExportRange numbers,
        List<Link> links,
        Handed made,
        Wish wish,
        Flash flash,
        FormFault fault) {

    public AuditHomePage {
        links = List.copyOf(links);
    }

    /**
     * A link as it is listed.
     *
     * @param span of records in words; empty for all
     * @param state {@code open}, {@code ended} or {@code expired}
     * @param lastUsed absent if it was never opened
     */
    public record Link(
            long id,
            String label,
            String span,
            String madeBy,
            Moment until,
            String state,
            long uses,
            @Nullable Moment lastUsed) {
        public boolean isOpen() {
            return state.equals("open");
        }
    }

    /** What was typed. */
    public record Wish(String label, String from, String to, String days) {
        static final Wish NONE = new Wish("", "", "", Integer.toString(ShareLinks.DEFAULT_DAYS));
    }

    /** The checkpoint's text as it is signed. */
    public String note() {
        return checkpoint == null ? "" : checkpoint.note().format();
    }
}
