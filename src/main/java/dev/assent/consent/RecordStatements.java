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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The search's SQL. It is put together from what is asked for, and names the action itself, so that
 * the planner sees which index serves it.
 */
@Singleton
@Isolated
class RecordStatements {
    private static final String FIND =
            """
            select id, seq, log_index, recorded_at, expires_at, salt, document
            from consent_record
            where site_id = ? and seq between ? and ?
            """;

    private static final String LAST = "select last_seq from site_sequence where site_id = ?";

    private final Transactions transactions;

    RecordStatements(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The number of the site's newest record, erased or not; 0 before the first. */
    long lastSeq(Site site) {
        return transactions.read(
                "read a site's last number",
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(LAST)) {
                        statement.setLong(1, site.id());
                        ResultSet row = statement.executeQuery();
                        return row.next() ? row.getLong(1) : 0L;
                    }
                });
    }

    /** At most {@code limit} of the numbers from {@code first} to {@code last}, newest first. */
    List<ConsentRecord> search(
            Site site, RecordSearch.Query query, long first, long last, int limit) {
        if (last < first) {
            return List.of();
        }
        var conditions = new Conditions(site.id(), first, last);
        conditions.add(query);
        return transactions.read("search records", connection -> conditions.run(connection, limit));
    }

    private static final class Conditions {
        private final StringBuilder sql = new StringBuilder(FIND);
        private final List<Object> values = new ArrayList<>();

        Conditions(long siteId, long first, long last) {
            values.addAll(List.of(siteId, first, last));
        }

        void add(RecordSearch.Query query) {
            add(" and recorded_at >= ?", at(query.from()));
            add(" and recorded_at < ?", at(query.to()));
            add(" and policy_version = ?", query.version());
            if (query.action() != null) {
                // One of five words: the enumeration's own, not what was sent.
                sql.append(" and action = '")
                        .append(Action.of(query.action()).orElseThrow().word())
                        .append('\'');
            }
            if (query.purpose() != null) {
                String asked = " and convert_from(document, 'UTF8')::jsonb -> 'choices' ->> ? ";
                if (query.granted() == null) {
                    add(asked + "is not null", query.purpose());
                } else {
                    add(asked + (query.granted() ? "= 'true'" : "= 'false'"), query.purpose());
                }
            }
        }

        private void add(String condition, @Nullable Object value) {
            if (value != null) {
                sql.append(condition);
                values.add(value);
            }
        }

        List<ConsentRecord> run(Connection connection, int limit) throws SQLException {
            String all = sql + " order by seq desc limit " + limit;
            try (PreparedStatement statement = connection.prepareStatement(all)) {
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                List<ConsentRecord> found = new ArrayList<>();
                ResultSet row = statement.executeQuery();
                while (row.next()) {
                    found.add(read(row));
                }
                return found;
            }
        }

        private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
            return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
        }
    }

    private static ConsentRecord read(ResultSet row) throws SQLException {
        return new ConsentRecord(
                row.getObject("id", UUID.class),
                row.getLong("seq"),
                row.getLong("log_index"),
                instant(row, "recorded_at"),
                instant(row, "expires_at"),
                row.getBytes("salt"),
                row.getBytes("document"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
