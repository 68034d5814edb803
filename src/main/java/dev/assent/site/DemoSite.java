// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.Isolation;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The site that is made at the first start: the oldest of all, unless it has been removed. */
@Singleton
public final class DemoSite {
    private final SiteRepository sites;
    private final Isolation isolation;

    DemoSite(SiteRepository sites, Isolation isolation) {
        this.sites = sites;
        this.isolation = isolation;
    }

    public Optional<Site> find() {
        return isolation.publicly(sites::findOldest).filter(site -> !site.isRemoved());
    }
}
