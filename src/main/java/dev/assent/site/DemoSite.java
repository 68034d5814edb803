// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import jakarta.inject.Singleton;
import java.util.Optional;

/** The site that is made at the first start: the oldest of all, unless it has been removed. */
@Singleton
public final class DemoSite {
    private final SiteRepository sites;

    DemoSite(SiteRepository sites) {
        this.sites = sites;
    }

    public Optional<Site> find() {
        return sites.findOldest().filter(site -> !site.isRemoved());
    }
}
