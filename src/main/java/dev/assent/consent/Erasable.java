// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.site.Site;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * Which of a site's records are to be erased.
 *
 * @param siteId the site's key in the database
 * @param condition SQL with one parameter, and the order in which batches are taken
 * @param value of the parameter
 */
record Erasable(long siteId, String condition, Object value) {

    /**
     * All of one visitor's.
     *
     * @param subject the visitor's name within the site, 22 characters of base64url
     */
    static Erasable ofVisitor(Site site, String subject) {
        return new Erasable(
                site.id(), "subject = ? order by seq", Base64.getUrlDecoder().decode(subject));
    }

    static Erasable withId(Site site, UUID id) {
        return new Erasable(site.id(), "id = ? order by seq", id);
    }

    /** Those that expired before {@code cutoff}, the oldest first. */
    static Erasable expiredBefore(Site site, Instant cutoff) {
        return new Erasable(
                site.id(),
                "expires_at < ? order by expires_at, seq",
                cutoff.atOffset(ZoneOffset.UTC));
    }

    /**
     * The numbers of at most {@code limit} of them, ascending.
     *
     * @throws SQLException if the database is out of reach
     */
    List<Long> find(Connection connection, int limit) throws SQLException {
        String sql = "select seq from consent_record where site_id = ? and " + condition;
        try (PreparedStatement statement = connection.prepareStatement(sql + " limit ?")) {
            statement.setLong(1, siteId);
            statement.setObject(2, value);
            statement.setInt(3, limit);
            return ascending(statement.executeQuery());
        }
    }

    private static List<Long> ascending(ResultSet row) throws SQLException {
        List<Long> seqs = new ArrayList<>();
        while (row.next()) {
            seqs.add(row.getLong(1));
        }
        Collections.sort(seqs);
        return seqs;
    }
}
