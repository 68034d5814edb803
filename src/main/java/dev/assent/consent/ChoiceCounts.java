// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.web.Isolated;
import dev.assent.web.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts records by day, each once: whatever was recorded since the last time is added to small
 * tables, {@value #A_BATCH} in a transaction. So an answer costs as many rows as there were days,
 * versions, languages, layouts and actions, not as many as there are records; and the recorder pays
 * nothing. What is erased before it is counted is not counted.
 */
@Singleton
@Isolated
class ChoiceCounts {
    /** Records in one transaction: some tenths of a second. */
    static final int A_BATCH = 10_000;

    private static final String BEGIN =
            """
            insert into counted_sequence (site_id, last_seq) values (?, 0)
            on conflict (site_id) do nothing
            """;

    private static final String PLACE =
            """
            select c.last_seq, s.last_seq
            from counted_sequence c join site_sequence s using (site_id)
            where c.site_id = ?
            for update of c skip locked
            """;

    private static final String COUNT =
            """
            insert into choice_count as known
                (site_id, day, policy_version, language, layout, action, count)
            select site_id, (recorded_at at time zone 'UTC')::date, policy_version,
                   said ->> 'language', said ->> 'layout', action, count(*)
            from consent_record,
                 lateral (select convert_from(document, 'UTF8')::jsonb as said) as read
            where site_id = ? and seq > ? and seq <= ?
            group by 1, 2, 3, 4, 5, 6
            on conflict (site_id, day, policy_version, language, layout, action)
                do update set count = known.count + excluded.count
            """;

    private static final String COUNT_PURPOSES =
            """
            insert into purpose_count as known
                (site_id, day, policy_version, language, layout, purpose, granted, refused)
            select site_id, (recorded_at at time zone 'UTC')::date, policy_version,
                   said ->> 'language', said ->> 'layout', answer.key,
                   count(*) filter (where answer.value = 'true'),
                   count(*) filter (where answer.value <> 'true')
            from consent_record,
                 lateral (select convert_from(document, 'UTF8')::jsonb as said) as read,
                 jsonb_each_text(said -> 'choices') as answer
            where site_id = ? and seq > ? and seq <= ?
            group by 1, 2, 3, 4, 5, 6
            on conflict (site_id, day, policy_version, language, layout, purpose)
                do update set granted = known.granted + excluded.granted,
                              refused = known.refused + excluded.refused
            """;

    private static final String MOVE = "update counted_sequence set last_seq = ? where site_id = ?";

    private static final String WAITING =
            """
            select site_id, organization_id
            from site_sequence s
                join site on id = site_id
                left join counted_sequence c using (site_id)
            where s.last_seq > coalesce(c.last_seq, 0)
            """;

    private static final String READ =
            """
            select day, policy_version, language, layout, action, count
            from choice_count
            where site_id = ? and day >= ? and day < ?
            """;

    private static final String READ_PURPOSES =
            """
            select day, purpose, sum(granted)::bigint, sum(refused)::bigint
            from purpose_count
            where site_id = ? and day >= ? and day < ?
            group by day, purpose
            """;

    private static final String READ_PLACE =
            "select last_seq from counted_sequence where site_id = ?";

    private final Transactions transactions;

    ChoiceCounts(Transactions transactions) {
        this.transactions = transactions;
    }

    /** How many choices were alike in all of this. */
    record Count(
            LocalDate day,
            int version,
            String language,
            String layout,
            String action,
            long count) {}

    /** How a purpose was answered on a day. */
    record PurposeCount(LocalDate day, String purpose, long granted, long refused) {}

    /** A site that has records which are not counted yet. */
    record Waiting(long siteId, long organizationId) {}

    /** Which sites wait; those of all organizations within the reach of the public. */
    List<Waiting> waiting() {
        return transactions.read(
                "find what is to be counted",
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
                        ResultSet row = statement.executeQuery();
                        List<Waiting> sites = new ArrayList<>();
                        while (row.next()) {
                            sites.add(new Waiting(row.getLong(1), row.getLong(2)));
                        }
                        return sites;
                    }
                });
    }

    /**
     * Counts one batch of a site's records.
     *
     * @return whether there may be more; false also while another node is at it
     */
    boolean count(long siteId) {
        return transactions.write("count choices", connection -> count(connection, siteId));
    }

    private static boolean count(Connection connection, long siteId) throws SQLException {
        update(connection, BEGIN, siteId);
        long from;
        long to;
        long last;
        try (PreparedStatement statement = connection.prepareStatement(PLACE)) {
            statement.setLong(1, siteId);
            ResultSet row = statement.executeQuery();
            if (!row.next()) {
                return false;
            }
            from = row.getLong(1);
            last = row.getLong(2);
            to = Math.min(last, from + A_BATCH);
        }
        if (to > from) {
            update(connection, COUNT, siteId, from, to);
            update(connection, COUNT_PURPOSES, siteId, from, to);
            update(connection, MOVE, to, siteId);
        }
        return to < last;
    }

    /** The number up to which the site's records are counted; 0 before the first. */
    long counted(long siteId) {
        return transactions.read(
                "read how far is counted",
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(READ_PLACE)) {
                        statement.setLong(1, siteId);
                        ResultSet row = statement.executeQuery();
                        return row.next() ? row.getLong(1) : 0L;
                    }
                });
    }

    /** What was counted from one day on and before another, in no order. */
    List<Count> read(long siteId, LocalDate from, LocalDate to) {
        return transactions.read(
                "read counts",
                connection ->
                        read(
                                connection,
                                READ,
                                siteId,
                                from,
                                to,
                                row ->
                                        new Count(
                                                row.getObject(1, LocalDate.class),
                                                row.getInt(2),
                                                row.getString(3),
                                                row.getString(4),
                                                row.getString(5),
                                                row.getLong(6))));
    }

    /** As {@link #read}, of purposes. */
    List<PurposeCount> readPurposes(long siteId, LocalDate from, LocalDate to) {
        return transactions.read(
                "read counts of purposes",
                connection ->
                        read(
                                connection,
                                READ_PURPOSES,
                                siteId,
                                from,
                                to,
                                row ->
                                        new PurposeCount(
                                                row.getObject(1, LocalDate.class),
                                                row.getString(2),
                                                row.getLong(3),
                                                row.getLong(4))));
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> read(
            Connection connection,
            String sql,
            long siteId,
            LocalDate from,
            LocalDate to,
            Reading<T> reading)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, siteId);
            statement.setObject(2, from);
            statement.setObject(3, to);
            ResultSet row = statement.executeQuery();
            List<T> found = new ArrayList<>();
            while (row.next()) {
                found.add(reading.of(row));
            }
            return found;
        }
    }

    private static void update(Connection connection, String sql, long... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setLong(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
