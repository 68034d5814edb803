// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.console.Flash;
import dev.assent.site.PolicyHistory;
import dev.assent.site.Site;
import java.util.List;

/**
 * The published versions of a site, newest first.
 *
 * @param hasDraft whether there is anything to publish
 */
public record VersionsPage(
        Site site, List<PolicyHistory.Listed> versions, boolean hasDraft, Flash flash) {

    /** Whether whoever looks has just published the newest. */
    public boolean isJustPublished() {
        return flash == Flash.PUBLISHED && !versions.isEmpty();
    }
}
