// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.evidence;

import dev.assent.log.Findings;
import dev.assent.merkle.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a check of the log remembers of each site while it goes through the entries: its key, its
 * newest number and the policy versions that it has come by.
 */
final class SiteNumbers {
    private static final String SITES =
            """
            select id, site_key, coalesce(last_seq, 0)
            from site left join site_sequence on site_id = id
            """;

    private static final class Site {
        final String key;
        final long lastSeq;
        final Map<Integer, Hash> policies = new HashMap<>();
        long seq;

        Site(String key, long lastSeq) {
            this.key = key;
            this.lastSeq = lastSeq;
        }
    }

    private final Map<Long, Site> sites = new HashMap<>();
    private final Findings findings;

    private SiteNumbers(Findings findings) {
        this.findings = findings;
    }

    static SiteNumbers read(Connection connection, Findings findings) throws SQLException {
        var numbers = new SiteNumbers(findings);
        try (PreparedStatement statement = connection.prepareStatement(SITES);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                numbers.sites.put(row.getLong(1), new Site(row.getString(2), row.getLong(3)));
            }
        }
        return numbers;
    }

    int count() {
        return sites.size();
    }

    /** The site's public key; no key of a site if there is no such site. */
    String key(long siteId) {
        Site site = sites.get(siteId);
        return site == null ? "(none)" : site.key;
    }

    /** Takes the number of a record or a tombstone, which must be the one after the last. */
    void take(String what, long siteId, long seq) {
        Site site = sites.get(siteId);
        if (site == null) {
            findings.add(what + " belongs to a site that is not there");
            return;
        }
        findings.require(
                seq == site.seq + 1,
                what + " has number " + seq + " of site " + site.key + ", after " + site.seq);
        site.seq = seq;
    }

    void takePolicy(long siteId, int version, Hash sha256) {
        Site site = sites.get(siteId);
        if (site != null) {
            site.policies.put(version, sha256);
        }
    }

    /** A policy version whose entry has been taken; what is asked for came after it. */
    Optional<Hash> policy(long siteId, int version) {
        return Optional.ofNullable(sites.get(siteId)).map(site -> site.policies.get(version));
    }

    /** All numbers have been taken: they must end where the site's counter stands. */
    void end() {
        for (Site site : sites.values()) {
            findings.require(
                    site.seq == site.lastSeq,
                    "the numbers of site "
                            + site.key
                            + " end at "
                            + site.seq
                            + ", and its counter stands at "
                            + site.lastSeq);
        }
    }
}
