// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.account.Isolation;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was erased of a site, read from the statements in the log and the tombstones. */
@Singleton
@Isolated
public class ErasureHistory {
    /** As far as erased records are counted. */
    public static final long MANY = 100_000;

    /** From statement to statement by the index, however many records each of them names. */
    private static final String STATEMENTS =
            """
            with recursive stated (index) as (
                (select statement_index from erasure_tombstone
                 where site_id = ? and statement_index < ?
                 order by statement_index desc limit 1)
                union all
                select (select t.statement_index from erasure_tombstone t
                        where t.site_id = ? and t.statement_index < stated.index
                        order by t.statement_index desc limit 1)
                from stated
                where stated.index is not null)
            select index, document
            from stated join log_statement on log_index = index
            limit ?
            """;

    private static final String COUNTS =
            """
            select reason, count(*), count(distinct erased_at)
            from (select reason, erased_at from erasure_tombstone where site_id = ? limit ?) as few
            group by reason
            """;

    private static final String NEXT =
            "select min(expires_at) from consent_record where site_id = ?";

    private final Transactions transactions;
    private final Isolation isolation;

    ErasureHistory(Transactions transactions, Isolation isolation) {
        this.transactions = transactions;
        this.isolation = isolation;
    }

    /**
     * How much was erased for one reason.
     *
     * @param records at most {@link #MANY} and one over all reasons, which stands for more
     * @param moments at which it happened; for requests that is how many there were
     */
    public record Count(long records, long moments) {
        public static final Count NONE = new Count(0, 0);
    }

    /**
     * What was erased, newest first.
     *
     * @param before statements with a smaller index; {@link Long#MAX_VALUE} to begin
     * @param limit of statements, at least 1
     */
    public List<ErasureRun> runs(Site site, long before, int limit) {
        return within(
                site,
                "read what was erased",
                connection -> {
                    List<ErasureRun> runs = new ArrayList<>();
                    for (ErasureRun run : statements(connection, site, before, limit)) {
                        boolean same = !runs.isEmpty() && isSame(runs.getLast(), run);
                        if (same) {
                            runs.set(runs.size() - 1, runs.getLast().with(run));
                        } else {
                            runs.add(run);
                        }
                    }
                    return runs;
                });
    }

    /** By reason; a reason for which nothing was erased is absent. */
    public Map<String, Count> counts(Site site) {
        return within(
                site,
                "count what was erased",
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(COUNTS)) {
                        statement.setLong(1, site.id());
                        statement.setLong(2, MANY + 1);
                        ResultSet row = statement.executeQuery();
                        Map<String, Count> counts = new HashMap<>();
                        while (row.next()) {
                            counts.put(row.getString(1), new Count(row.getLong(2), row.getLong(3)));
                        }
                        return counts;
                    }
                });
    }

    /** When the record expires, or has expired, that goes next; empty if there is none. */
    public Optional<Instant> nextExpiry(Site site) {
        return within(
                site,
                "find what is erased next",
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
                        statement.setLong(1, site.id());
                        ResultSet row = statement.executeQuery();
                        row.next();
                        return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant);
                    }
                });
    }

    private static List<ErasureRun> statements(
            Connection connection, Site site, long before, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STATEMENTS)) {
            statement.setLong(1, site.id());
            statement.setLong(2, before);
            statement.setLong(3, site.id());
            statement.setInt(4, limit);
            ResultSet row = statement.executeQuery();
            List<ErasureRun> found = new ArrayList<>();
            while (row.next()) {
                found.add(run(row.getLong(1), row.getBytes(2)));
            }
            return found;
        }
    }

    private static ErasureRun run(long index, byte[] document) {
        try {
            JsonObject said = CanonicalJson.parseCanonicalObject(document);
            long first = said.integer("first");
            long last = said.integer("last");
            return new ErasureRun(
                    Instant.parse(said.text("at")),
                    said.text("reason"),
                    last - first + 1,
                    first,
                    last,
                    1,
                    index,
                    index);
        } catch (JsonException e) {
            throw new IllegalStateException("a stored statement is none: " + index, e);
        }
    }

    private static boolean isSame(ErasureRun one, ErasureRun other) {
        return one.at().equals(other.at()) && one.reason().equals(other.reason());
    }

    private <T> T within(Site site, String task, Transactions.Work<T> work) {
        return isolation.within(site.organizationId(), () -> transactions.read(task, work));
    }
}
