// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.Isolation;
import dev.assent.account.SignedIn;
import dev.assent.account.Trail;
import jakarta.inject.Singleton;

/** Remembers, in the operators' trail, that a site's tag was once found on a page of its. */
@Singleton
public final class FoundTags {
    private static final String FOUND = "tag-found";

    private final Isolation isolation;
    private final Trail trail;

    FoundTags(Isolation isolation, Trail trail) {
        this.isolation = isolation;
        this.trail = trail;
    }

    /** Notes the first time alone: what matters is that it was there. */
    public void note(SignedIn me, Site site) {
        isolation.within(
                me.organizationId(),
                () -> {
                    if (!has(me, site)) {
                        trail.note(me, FOUND, site.siteKey());
                    }
                });
    }

    public boolean has(SignedIn me, Site site) {
        return !trail.list(me.organizationId(), FOUND, site.siteKey()).isEmpty();
    }
}
