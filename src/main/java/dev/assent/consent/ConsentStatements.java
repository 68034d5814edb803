// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.log.TransparencyLog;
import dev.assent.web.Reach;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The recorder's SQL: whole batches at a time, as arrays, and several statements in one round trip.
 * Each statement of a round trip still sees what was committed when it begins, not when the first
 * did.
 */
@Singleton
final class ConsentStatements {
    private static final Base64.Encoder TO_BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder FROM_BASE64URL = Base64.getUrlDecoder();

    private static final String RECORDS =
            """
            select id, site_id, policy_version, action, subject,
                   seq, log_index, recorded_at, expires_at, salt, document
            from consent_record
            """;

    private static final String FIND = RECORDS + "where id = any (?)";

    /** In one round trip, which is a transaction. */
    private static final String FIND_ONE = Reach.ENTER_PUBLIC + ";" + RECORDS + "where id = ?";

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

    private static final String OPEN =
            Reach.ENTER_PUBLIC + ";" + TransparencyLog.LOCK + ";" + FIND + ";" + LAST_SEQ;
    private static final String STORE = TransparencyLog.APPEND + ";" + INSERT;

    /**
     * What a batch needs to know before anything is given a place.
     *
     * @param head locked until the transaction ends
     * @param records by id
     * @param lastSeq by site
     */
    record Known(
            TransparencyLog.Head head, Map<UUID, StoredRecord> records, Map<Long, Long> lastSeq) {}

    /** The record with this id. Sent at once, so the caller needs no transaction. */
    Optional<ConsentRecord> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND_ONE)) {
            statement.setObject(1, id);
            statement.execute();
            statement.getMoreResults();
            ResultSet row = statement.getResultSet();
            return row.next() ? Optional.of(read(row).record()) : Optional.empty();
        }
    }

    /**
     * Locks the log's head and reads what the batch needs to know, in one round trip.
     *
     * @return the head, the records whose ids the batch names, and the newest seq of each of its
     *     sites that has any
     */
    Known open(Connection connection, List<PendingChoice> batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setArray(1, connection.createArrayOf("uuid", idsIn(batch)));
            statement.setArray(2, connection.createArrayOf("bigint", sitesIn(batch)));
            statement.execute();
            statement.getMoreResults();
            TransparencyLog.Head head = TransparencyLog.readHead(statement.getResultSet());
            statement.getMoreResults();
            Map<UUID, StoredRecord> records = readRecords(statement.getResultSet());
            statement.getMoreResults();
            return new Known(head, records, readLastSeq(statement.getResultSet()));
        }
    }

    /**
     * Appends the entries, inserts the records and sets each site's newest seq, in one round trip.
     */
    void store(
            Connection connection,
            TransparencyLog.Head head,
            List<StoredRecord> fresh,
            Map<Long, Long> lastSeq)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            TransparencyLog.setAppend(
                    statement, head, fresh.stream().map(s -> s.record().entry().bytes()).toList());
            var columns = new Columns(statement, fresh);
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
            columns.add("bigint", lastSeq.keySet().toArray(Long[]::new));
            columns.add("bigint", lastSeq.values().toArray(Long[]::new));
            statement.execute();
            TransparencyLog.checkAppended(head, statement.getUpdateCount());
        }
    }

    private static UUID[] idsIn(List<PendingChoice> batch) {
        return batch.stream()
                .flatMap(pending -> Stream.of(pending.choice().id(), pending.choice().previous()))
                .filter(Objects::nonNull)
                .distinct()
                .toArray(UUID[]::new);
    }

    private static Long[] sitesIn(List<PendingChoice> batch) {
        return batch.stream().map(c -> c.policy().siteId()).distinct().toArray(Long[]::new);
    }

    private static Map<UUID, StoredRecord> readRecords(ResultSet row) throws SQLException {
        var found = new HashMap<UUID, StoredRecord>();
        while (row.next()) {
            StoredRecord stored = read(row);
            found.put(stored.record().id(), stored);
        }
        return found;
    }

    private static Map<Long, Long> readLastSeq(ResultSet row) throws SQLException {
        var lastSeq = new LinkedHashMap<Long, Long>();
        while (row.next()) {
            lastSeq.put(row.getLong(1), row.getLong(2));
        }
        return lastSeq;
    }

    /** Reads the columns of {@link #RECORDS}. */
    private static StoredRecord read(ResultSet row) throws SQLException {
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

    /** Sets one array parameter after the other, beginning where the log's end. */
    private static final class Columns {
        private final PreparedStatement statement;
        private final List<StoredRecord> rows;
        private int parameter = TransparencyLog.APPEND_PARAMETERS + 1;

        Columns(PreparedStatement statement, List<StoredRecord> rows) {
            this.statement = statement;
            this.rows = rows;
        }

        /** The driver encodes by the array's own type, so {@code array} makes it exact. */
        <T> void set(String type, IntFunction<T[]> array, Function<StoredRecord, T> column)
                throws SQLException {
            add(type, rows.stream().map(column).toArray(array));
        }

        void add(String type, Object[] values) throws SQLException {
            statement.setArray(parameter++, statement.getConnection().createArrayOf(type, values));
        }
    }
}
