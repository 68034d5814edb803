// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.account.ApiKeys;
import dev.assent.account.Scope;
import dev.assent.site.PolicyService;
import dev.assent.site.Site;
import dev.assent.site.Sites;
import dev.assent.web.ProblemException;
import dev.assent.web.ProblemType;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Takes a choice in: from somewhere that may speak for the site, well-formed, under a policy that
 * the site has published. Holds no thread while it waits.
 */
@Singleton
final class Reception {
    private final Sites sites;
    private final PolicyService policies;
    private final ApiKeys keys;
    private final Recorder recorder;

    Reception(Sites sites, PolicyService policies, ApiKeys keys, Recorder recorder) {
        this.sites = sites;
        this.policies = policies;
        this.keys = keys;
        this.recorder = recorder;
    }

    /**
     * Records the choice in {@code body}.
     *
     * @return completes when the record is durable; fails with the {@link ProblemException} to
     *     answer
     */
    CompletableFuture<Recorded> take(String siteKey, HttpRequest<?> request, byte[] body) {
        return sites.find(siteKey)
                .thenApply(Reception::asking)
                .thenCompose(site -> admit(site, request))
                .thenCompose(site -> record(site, ChoiceReader.read(body)));
    }

    private static Site asking(Optional<Site> site) {
        return site.filter(found -> !found.isRemoved())
                .orElseThrow(() -> ProblemException.notFound("site"));
    }

    /**
     * A browser names its origin, which the site must have listed; a server shows a key instead.
     */
    private CompletableFuture<Site> admit(Site site, HttpRequest<?> request) {
        List<String> origins = request.getHeaders().getAll(HttpHeaders.ORIGIN);
        if (!origins.isEmpty()) {
            return origins.size() == 1 && site.allows(origins.getFirst())
                    ? CompletableFuture.completedFuture(site)
                    : CompletableFuture.failedFuture(originNotAllowed());
        }
        return keys.opens(request, Scope.RECORDS, site.organizationId())
                .thenApply(opens -> {
                    if (!opens) {
                        throw originNotAllowed();
                    }
                    return site;
                });
    }

    private CompletableFuture<Recorded> record(Site site, Choice choice) {
        return policies.version(site, choice.policyVersion())
                .thenCompose(policy -> {
                    ChoiceRules.check(choice, policy);
                    return recorder.record(new PendingChoice(choice, policy.orElseThrow()));
                });
    }

    private static ProblemException originNotAllowed() {
        return ProblemException.of(
                ProblemType.ORIGIN_NOT_ALLOWED.problem(
                        "The site takes choices from its own origins only, or from a server with an"
                                + " API key of scope records."));
    }
}
