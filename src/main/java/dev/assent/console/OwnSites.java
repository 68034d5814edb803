// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.account.SignedIn;
import dev.assent.site.Site;
import dev.assent.site.Sites;
import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;

/** The sites whose evidence an operator may see: the organization's, removed ones included. */
@Singleton
public final class OwnSites {
    private final Sites sites;

    OwnSites(Sites sites) {
        this.sites = sites;
    }

    /**
     * The site with this key.
     *
     * @throws ProblemException 404 if there is none, or it is another organization's
     */
    public Site require(SignedIn me, String siteKey) {
        return sites.find(siteKey)
                .join()
                .filter(site -> site.organizationId() == me.organizationId())
                .orElseThrow(() -> ProblemException.notFound("site"));
    }
}
