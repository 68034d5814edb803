// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import static dev.assent.webhook.DeliveryRows.utc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Many of a webhook's waiting deliveries at once: those that nobody is at, so that an erasure never
 * waits for this while this waits for it.
 */
final class WaitingRows {
    private static final String FREE =
            """
            where id in (
                select id
                from webhook_delivery
                where webhook_id = ? and state = 'waiting' and (leased_until is null or leased_until <= ?)
                for update skip locked)
            """;

    private static final String HURRY = "update webhook_delivery set next_at = ?\n" + FREE;

    private static final String DROP = "delete from webhook_delivery\n" + FREE;

    private WaitingRows() {}

    /** All that waits is due now. */
    static void hurry(Connection connection, long webhookId, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HURRY)) {
            statement.setObject(1, utc(now));
            statement.setLong(2, webhookId);
            statement.setObject(3, utc(now));
            statement.executeUpdate();
        }
    }

    /** None of it is sent any more. */
    static void drop(Connection connection, long webhookId, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DROP)) {
            statement.setLong(1, webhookId);
            statement.setObject(2, utc(now));
            statement.executeUpdate();
        }
    }
}
