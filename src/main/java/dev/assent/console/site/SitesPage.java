// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import dev.assent.consent.Activity;
import dev.assent.consent.SiteActivity;
import dev.assent.console.Flash;
import dev.assent.site.Site;
import java.text.NumberFormat;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The organization's sites.
 *
 * @param removed those whose evidence alone is left
 */
public record SitesPage(List<Row> rows, List<Site> removed, Flash flash) {

    /** Whether there is no site yet but the one that was made at the first start. */
    public boolean isBeginning() {
        return rows.stream().allMatch(Row::demo);
    }

    /**
     * A site in a few words.
     *
     * @param demo whether it is the one of the demonstration page
     * @param liveVersion 0 while nothing is live
     */
    public record Row(Site site, boolean demo, int liveVersion, Figures figures) {

        /** Its first origin without the scheme, and how many more there are. */
        public String where() {
            List<String> origins = site.origins();
            String host = origins.getFirst().replaceFirst("^https?://", "");
            return origins.size() == 1 ? host : host + " +" + (origins.size() - 1);
        }
    }

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
