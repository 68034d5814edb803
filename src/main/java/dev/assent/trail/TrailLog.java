// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.trail;

import dev.assent.account.Isolation;
import dev.assent.log.TransparencyLog;
import dev.assent.receipt.OperatorEvent;
import dev.assent.web.Transactions;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gives events their entries in the log, at most {@value #A_BATCH} in a transaction, in the order
 * of their numbers. The log's head is locked only once everything else is ready.
 */
@Singleton
class TrailLog {
    static final int A_BATCH = 200;

    private static final String WAITING = "select organizations_with_events_waiting()";

    private static final String TAKE =
            """
            select e.id, e.action, e.subject, e.at, e.operator_id, o.name, o.email, e.api_key_id,
                   k.name as key_name
            from operator_event_waiting w
                join operator_event e on e.id = w.event_id
                left join operator o on o.id = e.operator_id
                left join api_key k on k.id = e.api_key_id
            where w.organization_id = ?
            order by e.id
            limit ?
            for update of w skip locked
            """;

    private static final String STORE =
            """
            insert into operator_event_entry (event_id, organization_id, salt, document, log_index)
            select given.id, ?, given.salt, given.document, ? + place - 1
            from unnest(?::bigint[], ?::bytea[], ?::bytea[])
                with ordinality as given (id, salt, document, place)
            """;

    private static final String DONE =
            "delete from operator_event_waiting where event_id = any (?)";

    private final Transactions transactions;
    private final Isolation isolation;
    private final TransparencyLog log;
    private final SecureRandom random = new SecureRandom();

    TrailLog(Transactions transactions, Isolation isolation, TransparencyLog log) {
        this.transactions = transactions;
        this.isolation = isolation;
        this.log = log;
    }

    private record Waiting(long id, OperatorEvent event) {}

    /** The organizations of which events wait. */
    List<Long> waiting() {
        return transactions.read(
                "find events to be logged",
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
                        ResultSet row = statement.executeQuery();
                        List<Long> found = new ArrayList<>();
                        while (row.next()) {
                            found.add(row.getLong(1));
                        }
                        return found;
                    }
                });
    }

    /**
     * Logs one batch.
     *
     * @return whether there may be more
     */
    boolean append(long organizationId) {
        return isolation.within(
                organizationId,
                () ->
                        transactions.write(
                                "log the trail", connection -> append(connection, organizationId)));
    }

    private boolean append(Connection connection, long organizationId) throws SQLException {
        List<Waiting> waiting = take(connection, organizationId);
        if (waiting.isEmpty()) {
            return false;
        }
        List<TransparencyLog.Statement> statements =
                waiting.stream()
                        .map(it ->
                                new TransparencyLog.Statement(
                                        it.event().entry().bytes(), it.event().statementBytes()))
                        .toList();
        TransparencyLog.Head head = log.lock(connection);
        log.appendStatements(connection, head, statements);
        store(connection, organizationId, head.size(), waiting);
        return waiting.size() == A_BATCH;
    }

    private List<Waiting> take(Connection connection, long organizationId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setLong(1, organizationId);
            statement.setInt(2, A_BATCH);
            ResultSet row = statement.executeQuery();
            List<Waiting> found = new ArrayList<>();
            while (row.next()) {
                byte[] salt = new byte[OperatorEvent.SALT_LENGTH];
                random.nextBytes(salt);
                found.add(new Waiting(row.getLong("id"), OperatorEvent.of(event(row), salt)));
            }
            return found;
        }
    }

    private static OperatorEvent.Facts event(ResultSet row) throws SQLException {
        return new OperatorEvent.Facts(
                row.getLong("id"),
                row.getString("action"),
                row.getString("subject"),
                who(row),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    /** What is known of whoever did it; empty for whoever runs the machine. */
    private static Map<String, String> who(ResultSet row) throws SQLException {
        if (row.getObject("operator_id") != null) {
            return Map.of(
                    "operator", row.getString("operator_id"),
                    "name", row.getString("name"),
                    "email", row.getString("email"));
        }
        if (row.getObject("api_key_id") != null) {
            return Map.of("key", row.getString("api_key_id"), "name", row.getString("key_name"));
        }
        return Map.of();
    }

    private static void store(
            Connection connection, long organizationId, long first, List<Waiting> waiting)
            throws SQLException {
        Object[] ids = waiting.stream().map(Waiting::id).toArray();
        byte[][] salts = waiting.stream().map(it -> it.event().salt()).toArray(byte[][]::new);
        byte[][] documents =
                waiting.stream().map(it -> it.event().document()).toArray(byte[][]::new);
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            statement.setLong(1, organizationId);
            statement.setLong(2, first);
            statement.setArray(3, connection.createArrayOf("bigint", ids));
            statement.setArray(4, connection.createArrayOf("bytea", salts));
            statement.setArray(5, connection.createArrayOf("bytea", documents));
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(DONE)) {
            statement.setArray(1, connection.createArrayOf("bigint", ids));
            statement.executeUpdate();
        }
    }
}
