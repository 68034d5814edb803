// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.Isolation;
import dev.assent.account.SignedIn;
import dev.assent.account.Trail;
import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonObject;
import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What operators do with their organization's sites. Every change stands in the trail, in the
 * transaction that makes it.
 */
@Singleton
public class OperatedSites {
    private static final String CHANGED = "site-changed";

    private final Sites sites;
    private final Isolation isolation;
    private final Trail trail;

    OperatedSites(Sites sites, Isolation isolation, Trail trail) {
        this.sites = sites;
        this.isolation = isolation;
        this.trail = trail;
    }

    /** The organization's sites that are not removed, oldest first. */
    public List<Site> list(SignedIn me) {
        return isolation.within(me.organizationId(), () -> sites.list(me.organizationId()));
    }

    /** The organization's sites that are removed, the last removed first. */
    public List<Site> removed(SignedIn me) {
        return isolation.within(me.organizationId(), () -> sites.removed(me.organizationId()));
    }

    /**
     * One of the organization's sites, as it is stored now.
     *
     * @throws ProblemException 404 if there is none, it is removed or somebody else's
     */
    public Site require(SignedIn me, String siteKey) {
        return isolation.within(
                me.organizationId(), () -> sites.require(me.organizationId(), siteKey));
    }

    /**
     * Makes a site.
     *
     * @param wish as {@code POST /v1/admin/sites} takes it
     * @throws ProblemException 422 with every fault
     */
    public Site create(SignedIn me, JsonObject wish) {
        SiteDetails details = SiteDetails.parse(CanonicalJson.write(wish));
        return isolation.within(
                me.organizationId(),
                () -> {
                    Site site = sites.create(me.organizationId(), details);
                    trail.note(me, "site-made", site.siteKey() + " " + site.name());
                    return site;
                });
    }

    /**
     * Changes a site.
     *
     * @param wish as {@code PATCH /v1/admin/sites/{siteKey}} takes it
     * @param seen the {@link #state} that the operator decided upon
     * @throws ProblemException 404; 412 if it has been changed since; 422 with every fault
     */
    public void change(SignedIn me, String siteKey, JsonObject wish, String seen) {
        byte[] body = CanonicalJson.write(wish);
        isolation.within(
                me.organizationId(),
                () -> {
                    sites.change(
                            me.organizationId(),
                            siteKey,
                            site -> SiteDetails.parseChange(body, asSeen(site, seen)));
                    trail.note(me, CHANGED, siteKey);
                });
    }

    /** Who changed a site last in the console, and when; programs change it unnoted. */
    public Optional<Trail.Event> lastChange(SignedIn me, String siteKey) {
        List<Trail.Event> changes = trail.list(me.organizationId(), CHANGED, siteKey);
        return changes.isEmpty() ? Optional.empty() : Optional.of(changes.getLast());
    }

    /** Removes a site: it asks nobody any more, its evidence stays until retention ends. */
    public void remove(SignedIn me, String siteKey) {
        isolation.within(
                me.organizationId(),
                () -> {
                    Site site = sites.require(me.organizationId(), siteKey);
                    sites.remove(me.organizationId(), siteKey);
                    trail.note(me, "site-removed", siteKey + " " + site.name());
                });
    }

    /** What can be changed of a site, as 64 hexadecimal digits that change with it. */
    public static String state(Site site) {
        JsonObject details =
                JsonObject.builder()
                        .put("name", site.name())
                        .put("origins", String.join("\n", site.origins()))
                        .put("cookieDomain", Objects.requireNonNullElse(site.cookieDomain(), ""))
                        .put("retention", site.retention().toString())
                        .build();
        return Hash.of(CanonicalJson.write(details)).hex();
    }

    private static Site asSeen(Site site, String seen) {
        if (!state(site).equals(seen)) {
            throw ProblemException.changedMeanwhile("site");
        }
        return site;
    }
}
