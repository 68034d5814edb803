// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.retention;

import dev.assent.account.Role;
import dev.assent.account.SignedIn;
import dev.assent.consent.ErasureHistory.Count;
import dev.assent.consent.ErasureRun;
import dev.assent.site.Site;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A site's retention and erasures.
 *
 * @param period how long records are kept after they have expired, in words
 * @param recorded how many records there ever were
 * @param next when the next record is due to be erased; absent if there is no record
 * @param overdue whether that is past already
 * @param byRetention erased because their time was over, the site's removal included
 * @param byRequest erased because somebody asked
 * @param many whether there are more than are counted
 * @param runs newest first
 * @param older the address of the next page; empty on the last
 */
public record RetentionPage(
        Site site,
        String period,
        long recorded,
        @Nullable Instant next,
        boolean overdue,
        Count byRetention,
        Count byRequest,
        boolean many,
        List<ErasureRun> runs,
        String older) {

    public boolean mayChange(SignedIn me) {
        return me.may(Role.EDITOR) && !site.isRemoved();
    }

    /** Why a run erased, in words. */
    public static String why(ErasureRun run) {
        return switch (run.reason()) {
            case "request" -> "At a request";
            case "site-removed" -> "Its site was removed, and retention was over";
            default -> "Retention was over";
        };
    }
}
