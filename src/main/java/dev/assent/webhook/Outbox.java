// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import static dev.assent.webhook.DeliveryRows.utc;

import dev.assent.webhook.DeliveryRows.Work;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Writes down what a webhook is to be told, so much ahead of its sending and no more: the rest
 * stays where it is kept anyway.
 */
@Singleton
final class Outbox {
    /** Records that are looked at in one go. */
    private static final int A_STRIDE = 500;

    /** Messages that are written down ahead; what happens beyond stays where it is until then. */
    private static final int AHEAD = 1000;

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private static final String COUNT =
            """
            select count(*)
            from (select from webhook_delivery where webhook_id = ? and state = 'waiting' limit ?) as few
            """;

    private static final String WRITE =
            """
            insert into webhook_delivery (organization_id, webhook_id, message_id, type, body, site_id,
                seq, state, attempts, next_at, created_at, answer)
            values (?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, ?, '')
            """;

    private static final String MOVE =
            "update webhook set seen_seq = ?, seen_index = ? where id = ?";

    private final Happenings happenings;

    Outbox(Happenings happenings) {
        this.happenings = happenings;
    }

    /**
     * What a webhook is told of.
     *
     * @param types words of {@link EventType}
     * @param seen the place up to which it has been told
     */
    record Source(long siteId, String siteKey, Set<String> types, Happenings.Place seen) {}

    /**
     * Goes one stride on. To be called with the webhook's row locked.
     *
     * @return whether there is more to be gone through at once
     */
    boolean fill(Connection connection, Work work, Source source, Instant now) throws SQLException {
        Happenings.Place end = happenings.end(connection, source.siteId());
        if (end.equals(source.seen()) || waiting(connection, work) >= AHEAD) {
            return false;
        }
        long last = Math.min(end.seq(), source.seen().seq() + A_STRIDE);
        List<Happening> found =
                new ArrayList<>(
                        happenings.records(
                                connection,
                                source.siteKey(),
                                source.siteId(),
                                source.seen().seq(),
                                last));
        found.addAll(
                happenings.others(
                        connection,
                        source.siteKey(),
                        source.siteId(),
                        source.seen().index(),
                        end.index()));
        found.removeIf(happening -> !source.types().contains(happening.type()));
        write(connection, work, source, found, now);
        try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
            statement.setLong(1, last);
            statement.setLong(2, end.index());
            statement.setLong(3, work.webhookId());
            statement.executeUpdate();
        }
        return last < end.seq();
    }

    /**
     * Whether {@link #fill} failed because a record was erased after it was read and before it was
     * referred to. Its transaction is lost; the next does not see the record any more.
     */
    static boolean isOvertakenByErasure(DataAccessException failure) {
        return failure.getCause() instanceof SQLException sql
                && FOREIGN_KEY_VIOLATION.equals(sql.getSQLState())
                && String.valueOf(sql.getMessage()).contains("webhook_delivery_record");
    }

    private static int waiting(Connection connection, Work work) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setLong(1, work.webhookId());
            statement.setInt(2, AHEAD);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }

    private static void write(
            Connection connection,
            Work work,
            Source source,
            List<Happening> happenings,
            Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            for (Happening happening : happenings) {
                statement.setLong(1, work.organizationId());
                statement.setLong(2, work.webhookId());
                statement.setObject(3, UUID.randomUUID());
                statement.setString(4, happening.type());
                statement.setBytes(5, happening.body());
                Long seq = happening.seq();
                statement.setObject(6, seq == null ? null : source.siteId(), Types.BIGINT);
                statement.setObject(7, seq, Types.BIGINT);
                statement.setObject(8, utc(now));
                statement.setObject(9, utc(now));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
