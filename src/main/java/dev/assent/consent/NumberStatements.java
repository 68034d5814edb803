// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.site.Site;
import dev.assent.web.Isolated;
import dev.assent.web.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Reads which numbers of a site are there. */
@Singleton
@Isolated
class NumberStatements {
    private static final String READ =
            """
            select seq, log_index, null::bigint as statement_index, true as stated
            from consent_record
            where site_id = ? and seq between ? and ?
            union all
            select t.seq, t.log_index, t.statement_index,
                coalesce((convert_from(s.document, 'UTF8')::jsonb ->> 'first')::bigint <= t.seq
                    and t.seq <= (convert_from(s.document, 'UTF8')::jsonb ->> 'last')::bigint, false)
            from erasure_tombstone t left join log_statement s on s.log_index = t.statement_index
            where t.site_id = ? and t.seq between ? and ?
            order by seq
            """;

    private final Transactions transactions;

    NumberStatements(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Shows each number that is there from {@code first} to {@code last}, ascending. */
    void read(Site site, long first, long last, Consumer<NumberWalk.Step> each) {
        transactions.read(
                "walk over records", connection -> read(connection, site, first, last, each));
    }

    private static boolean read(
            Connection connection, Site site, long first, long last, Consumer<NumberWalk.Step> each)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            for (int at = 1; at <= 6; at += 3) {
                statement.setLong(at, site.id());
                statement.setLong(at + 1, first);
                statement.setLong(at + 2, last);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.accept(step(rows));
                }
            }
        }
        return true;
    }

    private static NumberWalk.Step step(ResultSet row) throws SQLException {
        long statement = row.getLong(3);
        boolean isRecord = row.wasNull();
        return new NumberWalk.Step(
                row.getLong(1), row.getLong(2), isRecord ? -1 : statement, row.getBoolean(4));
    }
}
