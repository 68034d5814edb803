// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.web.Timestamps;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The recorder's SQL: whole batches at a time, as arrays. */
@Singleton
final class ConsentStatements {
    private static final Base64.Encoder TO_BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder FROM_BASE64URL = Base64.getUrlDecoder();

    private static final String FIND =
            """
            select id, site_id, policy_version, action, subject,
                   seq, log_index, recorded_at, expires_at, salt, document
            from consent_record
            where id = any (?)
            """;

    private static final String LAST_SEQ =
            """
            select site_id, last_seq
            from site_sequence
            where site_id = any (?)
            """;

    private static final String INSERT =
            """
            with recorded as (
                insert into consent_record (
                    id, site_id, seq, log_index, policy_version, action, subject,
                    recorded_at, expires_at, salt, document)
                select *
                from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::integer[], ?::text[],
                    ?::bytea[], ?::timestamptz[], ?::timestamptz[], ?::bytea[], ?::bytea[]))
            insert into site_sequence (site_id, last_seq)
            select *
            from unnest(?::bigint[], ?::bigint[])
            on conflict (site_id) do update set last_seq = excluded.last_seq
            """;

    /** The records with these ids, by id. */
    Map<UUID, StoredRecord> find(Connection connection, UUID[] ids) throws SQLException {
        var found = new HashMap<UUID, StoredRecord>();
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    StoredRecord stored = read(row);
                    found.put(stored.record().id(), stored);
                }
            }
        }
        return found;
    }

    /** The newest seq of each site in {@code batch} that has any. */
    Map<Long, Long> lastSeq(Connection connection, List<PendingChoice> batch) throws SQLException {
        Long[] sites = batch.stream().map(c -> c.policy().siteId()).distinct().toArray(Long[]::new);
        var lastSeq = new HashMap<Long, Long>();
        try (PreparedStatement statement = connection.prepareStatement(LAST_SEQ)) {
            statement.setArray(1, connection.createArrayOf("bigint", sites));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lastSeq.put(row.getLong(1), row.getLong(2));
                }
            }
        }
        return lastSeq;
    }

    /** Inserts {@code fresh} and sets each site's newest seq. */
    void insert(Connection connection, List<StoredRecord> fresh, Map<Long, Long> lastSeq)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            var columns = new Columns(connection, statement, fresh);
            columns.set("uuid", UUID[]::new, s -> s.record().id());
            columns.set("bigint", Long[]::new, StoredRecord::siteId);
            columns.set("bigint", Long[]::new, s -> s.record().seq());
            columns.set("bigint", Long[]::new, s -> s.record().index());
            columns.set("integer", Integer[]::new, StoredRecord::policyVersion);
            columns.set("text", String[]::new, StoredRecord::action);
            columns.set("bytea", byte[][]::new, s -> FROM_BASE64URL.decode(s.subject()));
            columns.set("text", String[]::new, s -> Timestamps.format(s.record().recordedAt()));
            columns.set("text", String[]::new, s -> Timestamps.format(s.record().expiresAt()));
            columns.set("bytea", byte[][]::new, s -> s.record().salt());
            columns.set("bytea", byte[][]::new, s -> s.record().document());
            var sites = List.copyOf(lastSeq.entrySet());
            statement.setArray(
                    12,
                    connection.createArrayOf(
                            "bigint", sites.stream().map(Map.Entry::getKey).toArray()));
            statement.setArray(
                    13,
                    connection.createArrayOf(
                            "bigint", sites.stream().map(Map.Entry::getValue).toArray()));
            statement.executeUpdate();
        }
    }

    /** Reads the columns of {@link #FIND}. */
    static StoredRecord read(ResultSet row) throws SQLException {
        var record =
                new ConsentRecord(
                        row.getObject("id", UUID.class),
                        row.getLong("seq"),
                        row.getLong("log_index"),
                        instant(row, "recorded_at"),
                        instant(row, "expires_at"),
                        row.getBytes("salt"),
                        row.getBytes("document"));
        return new StoredRecord(
                row.getLong("site_id"),
                row.getInt("policy_version"),
                row.getString("action"),
                TO_BASE64URL.encodeToString(row.getBytes("subject")),
                record);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Sets one array parameter after the other. */
    private static final class Columns {
        private final Connection connection;
        private final PreparedStatement statement;
        private final List<StoredRecord> rows;
        private int parameter = 1;

        Columns(Connection connection, PreparedStatement statement, List<StoredRecord> rows) {
            this.connection = connection;
            this.statement = statement;
            this.rows = rows;
        }

        /** The driver encodes by the array's own type, so {@code array} makes it exact. */
        <T> void set(String type, IntFunction<T[]> array, Function<StoredRecord, T> column)
                throws SQLException {
            T[] values = rows.stream().map(column).toArray(array);
            statement.setArray(parameter++, connection.createArrayOf(type, values));
        }
    }
}
