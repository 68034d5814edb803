// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import dev.assent.merkle.Hash;
import dev.assent.web.Isolated;
import dev.assent.web.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Share links and their sessions as they are stored. */
@Singleton
@Isolated
class ShareLinkRows {
    private static final String COLUMNS =
            """
            select l.id, s.site_key, l.label, l.records_from, l.records_to, o.name, l.created_at,
                l.expires_at, l.revoked_at, l.uses, l.last_used_at
            from share_link l join site s on s.id = l.site_id join operator o on o.id = l.made_by
            """;

    private static final String LIST = COLUMNS + "where l.site_id = ? order by l.id desc limit 200";

    private static final String FIND =
            COLUMNS + "where l.id = ? and l.revoked_at is null and l.expires_at > ?";

    private static final String INSERT =
            """
            insert into share_link (
                organization_id, site_id, hash, label, records_from, records_to, made_by,
                created_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String REVOKE =
            """
            update share_link set revoked_at = ?
            where id = ? and site_id = ? and revoked_at is null and expires_at > ?
            returning label
            """;

    private static final String USE =
            """
            update share_link set uses = uses + 1, last_used_at = ?
            where hash = ? and revoked_at is null and expires_at > ?
            returning id, organization_id, label, expires_at
            """;

    private static final String OPEN =
            """
            insert into share_session (hash, link_id, organization_id, created_at, expires_at)
            values (?, ?, ?, ?, ?)
            """;

    private static final String SESSION =
            "select link_id, organization_id from share_session where hash = ? and expires_at > ?";

    private static final String CLEAN = "delete from share_session where expires_at <= ?";

    private final Transactions transactions;

    ShareLinkRows(Transactions transactions) {
        this.transactions = transactions;
    }

    /** A link that has just been opened. */
    record Used(long id, long organizationId, String label, Instant expiresAt) {}

    /** What a session belongs to. */
    record Session(long linkId, long organizationId) {}

    /** The site's links, newest first, at most 200. */
    List<ShareLink> list(long siteId) {
        return transactions.read("list share links", connection -> list(connection, siteId));
    }

    /** The link with this id, if it still opens anything. */
    Optional<ShareLink> find(long id, Instant now) {
        return transactions.read("find a share link", connection -> find(connection, id, now));
    }

    /** Makes a link for {@code scope}. */
    void insert(Hash hash, AuditScope scope, ShareLink link, long by) {
        transactions.write(
                "make a share link", connection -> insert(connection, hash, scope, link, by));
    }

    /** The label of the link that was ended; empty if there is none that still opens anything. */
    Optional<String> revoke(long siteId, long id, Instant now) {
        return transactions.write(
                "revoke a share link", connection -> revoke(connection, siteId, id, now));
    }

    /** Counts that the link with this hash is opened; empty if it opens nothing. */
    Optional<Used> use(Hash hash, Instant now) {
        return transactions.write("open a share link", connection -> use(connection, hash, now));
    }

    /** Keeps a session that {@code link} has opened. */
    void open(Hash hash, Used link, Instant now, Instant until) {
        transactions.write(
                "open a share link", connection -> open(connection, hash, link, now, until));
    }

    /** What the session with this hash belongs to; empty if there is none, or it has ended. */
    Optional<Session> session(Hash hash, Instant now) {
        return transactions.read(
                "find a share session", connection -> session(connection, hash, now));
    }

    /** Takes out the organization's sessions that have ended. */
    void clean(Instant now) {
        transactions.write("clean up share sessions", connection -> clean(connection, now));
    }

    private static List<ShareLink> list(Connection connection, long siteId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LIST)) {
            statement.setLong(1, siteId);
            try (ResultSet rows = statement.executeQuery()) {
                List<ShareLink> links = new ArrayList<>();
                while (rows.next()) {
                    links.add(read(rows));
                }
                return links;
            }
        }
    }

    private static Optional<ShareLink> find(Connection connection, long id, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setLong(1, id);
            statement.setTimestamp(2, Timestamp.from(now));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(read(rows)) : Optional.empty();
            }
        }
    }

    private static int insert(
            Connection connection, Hash hash, AuditScope scope, ShareLink link, long by)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setLong(1, scope.site().organizationId());
            statement.setLong(2, scope.site().id());
            statement.setBytes(3, hash.bytes());
            statement.setString(4, link.label());
            statement.setTimestamp(5, timestamp(scope.from()));
            statement.setTimestamp(6, timestamp(scope.to()));
            statement.setLong(7, by);
            statement.setTimestamp(8, Timestamp.from(link.createdAt()));
            statement.setTimestamp(9, Timestamp.from(link.expiresAt()));
            return statement.executeUpdate();
        }
    }

    private static Optional<String> revoke(Connection connection, long siteId, long id, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REVOKE)) {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setLong(2, id);
            statement.setLong(3, siteId);
            statement.setTimestamp(4, Timestamp.from(now));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    private static Optional<Used> use(Connection connection, Hash hash, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(USE)) {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setBytes(2, hash.bytes());
            statement.setTimestamp(3, Timestamp.from(now));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(
                                new Used(
                                        rows.getLong(1),
                                        rows.getLong(2),
                                        rows.getString(3),
                                        rows.getTimestamp(4).toInstant()))
                        : Optional.empty();
            }
        }
    }

    private static int open(Connection connection, Hash hash, Used link, Instant now, Instant until)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setBytes(1, hash.bytes());
            statement.setLong(2, link.id());
            statement.setLong(3, link.organizationId());
            statement.setTimestamp(4, Timestamp.from(now));
            statement.setTimestamp(5, Timestamp.from(until));
            return statement.executeUpdate();
        }
    }

    private static Optional<Session> session(Connection connection, Hash hash, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SESSION)) {
            statement.setBytes(1, hash.bytes());
            statement.setTimestamp(2, Timestamp.from(now));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Session(rows.getLong(1), rows.getLong(2)))
                        : Optional.empty();
            }
        }
    }

    private static int clean(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLEAN)) {
            statement.setTimestamp(1, Timestamp.from(now));
            return statement.executeUpdate();
        }
    }

    private static ShareLink read(ResultSet row) throws SQLException {
        return new ShareLink(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                instant(row.getTimestamp(4)),
                instant(row.getTimestamp(5)),
                row.getString(6),
                row.getTimestamp(7).toInstant(),
                row.getTimestamp(8).toInstant(),
                instant(row.getTimestamp(9)),
                row.getLong(10),
                instant(row.getTimestamp(11)));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
