// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import static dev.assent.webhook.DeliveryRows.utc;

import dev.assent.web.Transactions;
import dev.assent.webhook.DeliveryRows.Work;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Writes down how a sending went, and what follows from it: the next attempt, the end of patience.
 */
@Singleton
final class DeliveryOutcomes {
    /** An address where nothing arrived for so long is not tried any more. */
    static final Duration PATIENCE = Duration.ofDays(5);

    private static final String STORE =
            """
            update webhook_delivery
            set state = ?, next_at = coalesce(?, next_at), leased_until = null, sent_at = ?, status = ?,
                millis = ?, answer = ?
            where id = ? and webhook_id = ?
            """;

    private static final String ARRIVED =
            "update webhook set failing_since = null where id = ? and failing_since is not null";

    private static final String MISSED =
            """
            update webhook
            set failing_since = coalesce(failing_since, ?),
                paused_at = case when ? or failing_since < ? then ? end,
                paused_why = case when ? then 'gone' when failing_since < ? then 'failing' end
            where id = ? and paused_at is null
            """;

    private final Transactions transactions;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Counter arrived;
    private final Counter missed;

    DeliveryOutcomes(Transactions transactions, MeterRegistry metrics) {
        this.transactions = transactions;
        this.arrived = counter(metrics, "arrived");
        this.missed = counter(metrics, "missed");
    }

    private static Counter counter(MeterRegistry metrics, String outcome) {
        return Counter.builder("assent.webhook.sendings")
                .description("webhook messages sent")
                .tag("outcome", outcome)
                .register(metrics);
    }

    /**
     * Writes down how a sending went. Within the organization. The webhook comes before its
     * deliveries, as when it is removed, and this delivery before the others: an erasure that holds
     * it may want those.
     */
    void store(Work work, DeliveryRound.Outcome outcome) {
        transactions.write(
                "store how a delivery went",
                connection -> {
                    boolean again = outcome.arrived() && arrived(connection, work);
                    if (!outcome.arrived()) {
                        missed(connection, work, outcome);
                    }
                    storeOutcome(connection, work, outcome);
                    if (again) {
                        WaitingRows.hurry(connection, work.webhookId(), outcome.at());
                    }
                    return true;
                });
        (outcome.arrived() ? arrived : missed).increment();
    }

    /** Whether this is the first to arrive again: then what waits is sent at once. */
    private static boolean arrived(Connection connection, Work work) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ARRIVED)) {
            statement.setLong(1, work.webhookId());
            return statement.executeUpdate() > 0;
        }
    }

    private static void missed(Connection connection, Work work, DeliveryRound.Outcome outcome)
            throws SQLException {
        OffsetDateTime now = utc(outcome.at());
        OffsetDateTime since = now.minus(PATIENCE);
        try (PreparedStatement statement = connection.prepareStatement(MISSED)) {
            statement.setObject(1, now);
            statement.setBoolean(2, outcome.isGone());
            statement.setObject(3, since);
            statement.setObject(4, now);
            statement.setBoolean(5, outcome.isGone());
            statement.setObject(6, since);
            statement.setLong(7, work.webhookId());
            statement.executeUpdate();
        }
    }

    private void storeOutcome(Connection connection, Work work, DeliveryRound.Outcome outcome)
            throws SQLException {
        Optional<Duration> wait =
                outcome.arrived()
                        ? Optional.empty()
                        : Retries.after(outcome.due().attempts(), random);
        String state = outcome.arrived() ? "delivered" : wait.isPresent() ? "waiting" : "failed";
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            statement.setString(1, state);
            statement.setObject(
                    2,
                    wait.map(it -> utc(outcome.at().plus(it))).orElse(null),
                    java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
            statement.setObject(3, utc(outcome.at()));
            statement.setObject(4, outcome.status(), java.sql.Types.INTEGER);
            statement.setInt(5, outcome.millis());
            statement.setString(6, outcome.answer());
            statement.setLong(7, outcome.due().id());
            statement.setLong(8, work.webhookId());
            statement.executeUpdate();
        }
    }
}
