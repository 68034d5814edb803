// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.consent.Activity;
import dev.assent.consent.SiteActivity;
import dev.assent.site.Site;
import java.text.NumberFormat;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The organization's sites. */
public record SitesPage(List<Row> rows, Flash flash) {

    /**
     * A site in a few words.
     *
     * @param liveVersion 0 while nothing is live
     */
    public record Row(Site site, int liveVersion, Figures figures) {}

    /**
     * What a site has recorded.
     *
     * @param recent in the last 30 days, in words
     * @param lastAt absent if it has recorded nothing
     */
    public record Figures(String recent, @Nullable Instant lastAt) {
        static Figures of(@Nullable Activity activity) {
            if (activity == null) {
                return new Figures("0", null);
            }
            String count =
                    NumberFormat.getIntegerInstance(Locale.ENGLISH).format(activity.recent());
            boolean more = activity.recent() >= SiteActivity.MOST;
            return new Figures(more ? count + " or more" : count, activity.lastAt());
        }
    }
}
