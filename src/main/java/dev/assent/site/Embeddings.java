// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Knows what sites' pages carry now. */
@Singleton
public class Embeddings {
    private final SiteScripts scripts;
    private final PolicyService policies;

    Embeddings(SiteScripts scripts, PolicyService policies) {
        this.scripts = scripts;
        this.policies = policies;
    }

    /**
     * The number of the version that visitors are shown; 0 while there is none.
     *
     * @throws ProblemException 503 if that cannot be found out now
     */
    public int liveVersion(Site site) {
        return await(scripts.liveVersion(site.siteKey()));
    }

    /**
     * What the site's pages carry.
     *
     * @throws ProblemException 503 if that cannot be found out now
     */
    public Embedding of(Site site) {
        Optional<ServedScript> script = await(scripts.live(site.siteKey()));
        Optional<PolicyVersion> version = await(policies.version(site, liveVersion(site)));
        return script.isPresent() && version.isPresent()
                ? Embedding.of(version.get(), script.get())
                : Embedding.NONE;
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }
}
