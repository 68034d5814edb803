// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import dev.assent.site.PolicyService;
import dev.assent.site.PolicyVersion;
import dev.assent.site.Site;
import dev.assent.site.Sites;
import dev.assent.web.Problem.Fault;
import dev.assent.web.ProblemException;
import dev.assent.web.ProblemType;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Lets in what a page of the site tells, under a version that asks for it. Holds no thread. */
@Singleton
final class Admission {
    private final Sites sites;
    private final PolicyService policies;

    Admission(Sites sites, PolicyService policies) {
        this.sites = sites;
        this.policies = policies;
    }

    /**
     * Hands the site and its version {@code number} to {@code taker}.
     *
     * @param asks whether a version wants to be told this
     * @return fails with the {@link ProblemException} to answer: 404 without such a site, 403 from
     *     elsewhere than its pages, 422 under a version that does not ask
     */
    CompletableFuture<Void> take(
            String siteKey,
            HttpRequest<?> request,
            int number,
            Predicate<PolicyVersion> asks,
            BiConsumer<Site, PolicyVersion> taker) {
        return sites.find(siteKey)
                .thenApply(Admission::asking)
                .thenCompose(site -> {
                    requireOrigin(site, request);
                    return policies.version(site, number)
                            .thenAccept(version -> taker.accept(site, asking(version, asks)));
                });
    }

    private static Site asking(Optional<Site> site) {
        return site.filter(found -> !found.isRemoved())
                .orElseThrow(() -> ProblemException.notFound("site"));
    }

    private static PolicyVersion asking(
            Optional<PolicyVersion> version, Predicate<PolicyVersion> asks) {
        return version.filter(asks)
                .orElseThrow(() -> fault("/version", "expected a version that asks for this"));
    }

    private static void requireOrigin(Site site, HttpRequest<?> request) {
        List<String> origins = request.getHeaders().getAll(HttpHeaders.ORIGIN);
        if (origins.size() != 1 || !site.allows(origins.getFirst())) {
            throw ProblemException.of(
                    ProblemType.ORIGIN_NOT_ALLOWED.problem(
                            "The site is told this by pages on its own origins only."));
        }
    }

    /** A 422 that says where. */
    static ProblemException fault(String pointer, String detail) {
        return ProblemException.unacceptable("count", List.of(new Fault(pointer, detail)));
    }
}
