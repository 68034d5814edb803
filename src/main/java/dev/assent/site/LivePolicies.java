// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The version of a site that visitors are shown now. */
@Singleton
class LivePolicies {
    private final SiteScripts scripts;
    private final Sites sites;
    private final PolicyService policies;

    LivePolicies(SiteScripts scripts, Sites sites, PolicyService policies) {
        this.scripts = scripts;
        this.sites = sites;
        this.policies = policies;
    }

    /**
     * The live version. Known as soon as the site's script is, and complete already where that is
     * in memory.
     *
     * @return fails with a {@link ProblemException}: 404 if there is no such site, it is removed or
     *     has published nothing yet; 503 if that cannot be found out now
     */
    CompletableFuture<PolicyVersion> require(String siteKey) {
        return scripts.liveVersion(siteKey)
                .thenCombine(sites.find(siteKey), this::version)
                .thenCompose(version -> version)
                .thenApply(
                        version -> version.orElseThrow(() -> ProblemException.notFound("policy")));
    }

    private CompletableFuture<Optional<PolicyVersion>> version(int live, Optional<Site> site) {
        return live > 0 && site.isPresent()
                ? policies.version(site.get(), live)
                : CompletableFuture.completedFuture(Optional.empty());
    }
}
