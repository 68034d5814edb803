// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import dev.assent.web.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of webhooks and deliveries as the sender sees them. A round of one webhook is one
 * node's, by a lock that the others pass over; what it takes is leased, and another's once the
 * lease has run out.
 */
@Singleton
final class DeliveryRows {
    /** Messages that are sent side by side; one alone as long as nothing arrives. */
    private static final int SIDE_BY_SIDE = 16;

    /** Much longer than sending takes. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final String AT_WORK = "select id, organization_id from webhooks_at_work(?)";

    private static final String FORGET = "select forget_webhook_deliveries(?)";

    private static final String LOCK =
            """
            select w.site_id, s.site_key, w.url, w.types, w.secret,
                   case when w.old_until > ? then w.old_secret end as old_secret,
                   w.seen_seq, w.seen_index, w.failing_since is not null as failing
            from webhook w join site s on s.id = w.site_id
            where w.id = ? and w.paused_at is null
            for no key update of w skip locked
            """;

    private static final String TAKE =
            """
            update webhook_delivery
            set attempts = attempts + 1, leased_until = ?
            where id in (
                select id
                from webhook_delivery
                where webhook_id = ? and state = 'waiting' and next_at <= ?
                    and (leased_until is null or leased_until <= ?)
                order by next_at, id
                limit ?
                for update skip locked)
            returning id, message_id, body, attempts
            """;

    private final Transactions transactions;
    private final Outbox outbox;

    DeliveryRows(Transactions transactions, Outbox outbox) {
        this.transactions = transactions;
        this.outbox = outbox;
    }

    /** A webhook that has something to do. */
    record Work(long webhookId, long organizationId) {}

    /** What is to be sent now. */
    @SuppressWarnings("ArrayRecordComponent")
    record Due(long id, UUID messageId, byte[] body, int attempts) {}

    /**
     * What a round sends.
     *
     * @param secrets sealed; the newest first
     * @param due empty if nothing is, or another node is at it
     * @param more whether there is more to be written down
     */
    record Batch(long siteId, String url, List<byte[]> secrets, List<Due> due, boolean more) {
        static final Batch NONE = new Batch(0, "", List.of(), List.of(), false);
        static final Batch AGAIN = new Batch(0, "", List.of(), List.of(), true);
    }

    private record Row(Outbox.Source source, String url, List<byte[]> secrets, boolean failing) {}

    /** Of all organizations. */
    List<Work> atWork(Instant now) {
        return transactions.read(
                "find webhooks that have something to do",
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(AT_WORK)) {
                        statement.setObject(1, utc(now));
                        ResultSet row = statement.executeQuery();
                        List<Work> found = new ArrayList<>();
                        while (row.next()) {
                            found.add(new Work(row.getLong(1), row.getLong(2)));
                        }
                        return found;
                    }
                });
    }

    /** Deletes at most so many deliveries that were made before; returns how many. */
    long forget(Instant before) {
        return transactions.write(
                "forget deliveries",
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
                        statement.setObject(1, utc(before));
                        ResultSet row = statement.executeQuery();
                        row.next();
                        return row.getLong(1);
                    }
                });
    }

    /** Writes down what has happened and takes what is due. Within the organization. */
    Batch take(Work work, Instant now) {
        return transactions.write(
                "take deliveries",
                connection -> {
                    Optional<Row> locked = lock(connection, work, now);
                    if (locked.isEmpty()) {
                        return Batch.NONE;
                    }
                    Row row = locked.get();
                    boolean more = outbox.fill(connection, work, row.source(), now);
                    int most = row.failing() ? 1 : SIDE_BY_SIDE;
                    List<Due> due = due(connection, work, now, most);
                    return new Batch(row.source().siteId(), row.url(), row.secrets(), due, more);
                });
    }

    private static Optional<Row> lock(Connection connection, Work work, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setObject(1, utc(now));
            statement.setLong(2, work.webhookId());
            ResultSet row = statement.executeQuery();
            if (!row.next()) {
                return Optional.empty();
            }
            List<byte[]> secrets = new ArrayList<>();
            secrets.add(row.getBytes("secret"));
            byte @Nullable [] old = row.getBytes("old_secret");
            if (old != null) {
                secrets.add(old);
            }
            return Optional.of(
                    new Row(source(row), row.getString("url"), secrets, row.getBoolean("failing")));
        }
    }

    private static Outbox.Source source(ResultSet row) throws SQLException {
        return new Outbox.Source(
                row.getLong("site_id"),
                row.getString("site_key"),
                Set.copyOf(List.of((String[]) row.getArray("types").getArray())),
                new Happenings.Place(row.getLong("seen_seq"), row.getLong("seen_index")));
    }

    private static List<Due> due(Connection connection, Work work, Instant now, int most)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setObject(1, utc(now.plus(LEASE)));
            statement.setLong(2, work.webhookId());
            statement.setObject(3, utc(now));
            statement.setObject(4, utc(now));
            statement.setInt(5, most);
            ResultSet row = statement.executeQuery();
            List<Due> due = new ArrayList<>();
            while (row.next()) {
                due.add(
                        new Due(
                                row.getLong(1),
                                row.getObject(2, UUID.class),
                                row.getBytes(3),
                                row.getInt(4)));
            }
            return due;
        }
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
