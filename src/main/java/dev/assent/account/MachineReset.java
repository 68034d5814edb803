// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A way back in for whoever runs the machine, who can do all with the database anyway: beside the
 * service, on a connection of the tables' owner.
 */
public final class MachineReset {
    private static final String FIND = "select id from operator where email = ?";
    private static final String WITHDRAW =
            "delete from one_time_link where purpose = 'reset' and operator_id = ?";
    private static final String INSERT =
            """
            insert into one_time_link (hash, purpose, operator_id, created_at, expires_at)
            values (?, 'reset', ?, ?, ?)
            """;
    private static final String NOTE =
            """
            insert into operator_event (organization_id, action, subject, at)
            select organization_id, 'reset-link-made', 'operator ' || operator_id, ?
            from membership where operator_id = ?
            """;

    private MachineReset() {}

    /**
     * Makes a link for an operator, and notes it in the trail; the caller commits.
     *
     * @return the path of the link; empty if there is no such operator
     */
    public static Optional<String> link(Connection connection, String email, Instant now)
            throws SQLException {
        long operator;
        try (var find = connection.prepareStatement(FIND)) {
            find.setString(1, email.strip().toLowerCase(Locale.ROOT));
            var rows = find.executeQuery();
            if (!rows.next()) {
                return Optional.empty();
            }
            operator = rows.getLong(1);
        }
        Token token = Token.random();
        replace(connection, operator, token, now);
        note(connection, operator, now);
        return Optional.of("/reset#" + token.text());
    }

    private static void replace(Connection connection, long operator, Token token, Instant now)
            throws SQLException {
        try (var withdraw = connection.prepareStatement(WITHDRAW);
                var insert = connection.prepareStatement(INSERT)) {
            withdraw.setLong(1, operator);
            withdraw.executeUpdate();
            insert.setBytes(1, token.hash().bytes());
            insert.setLong(2, operator);
            insert.setTimestamp(3, Timestamp.from(now));
            insert.setTimestamp(4, Timestamp.from(now.plus(OneTimeLinks.Purpose.RESET.lifetime())));
            insert.executeUpdate();
        }
    }

    private static void note(Connection connection, long operator, Instant now)
            throws SQLException {
        try (var note = connection.prepareStatement(NOTE)) {
            note.setTimestamp(1, Timestamp.from(now));
            note.setLong(2, operator);
            note.executeUpdate();
        }
    }
}
