// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.account.Isolation;
import dev.assent.log.TransparencyLog;
import dev.assent.site.Site;
import dev.assent.web.Transactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * Erases records for good, row and salt, and leaves the tree as it is. At most {@value #MAX_BATCH}
 * in one transaction, whose steps are in the order that makes it safe:
 *
 * <ol>
 *   <li>lock the log's head: from here nobody else, on any node, records or erases anything,
 *   <li>find the records, now that none of them can go and none can come,
 *   <li>append a statement for each run of consecutive numbers,
 *   <li>let the database erase what the statements say: the service itself may not delete,
 *   <li>commit.
 * </ol>
 *
 * A crash before the commit leaves nothing of the batch; one after it leaves a batch that is whole.
 * Asked again, it goes on where it ended.
 */
@Singleton
public class Erasures {
    /** The most records in one transaction, for whose length nothing is recorded. */
    static final int MAX_BATCH = 1_000;

    /** Any number that nobody else uses for an advisory lock in this database. */
    static final long RETENTION_LOCK = 0x617373656e740007L;

    private static final String ERASE =
            """
            select sum(erase_by_statement(index))
            from unnest(?::bigint[]) as stated (index)
            """;

    private final Transactions transactions;
    private final TransparencyLog log;
    private final Isolation isolation;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    Erasures(
            Transactions transactions,
            TransparencyLog log,
            Isolation isolation,
            InstantSource clock,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.log = log;
        this.isolation = isolation;
        this.clock = clock;
        this.metrics = metrics;
        for (ErasureReason reason : ErasureReason.values()) {
            counter(reason);
        }
    }

    /**
     * Erases all records of one visitor on {@code site}, at their request.
     *
     * @param subject the visitor's name there, 22 characters of base64url
     * @return how many there were; 0 if there are none, or none any more
     * @throws DataAccessException if a statement failed; batches that were committed stay erased
     */
    public long eraseVisitor(Site site, String subject) {
        Erasable records = Erasable.ofVisitor(site, subject);
        long sum = 0;
        int batch;
        do {
            batch = isolation.publicly(() -> erase(site, records, ErasureReason.REQUEST));
            sum += batch;
        } while (batch == MAX_BATCH);
        return sum;
    }

    /**
     * Erases one record at a request of the site's owner.
     *
     * @return whether {@code site} had it
     * @throws DataAccessException if a statement failed; nothing is erased then
     */
    public boolean eraseRecord(Site site, UUID id) {
        return isolation.within(
                        site.organizationId(),
                        () -> erase(site, Erasable.withId(site, id), ErasureReason.REQUEST))
                == 1;
    }

    /**
     * Erases one batch of the records whose time is over.
     *
     * @param expiredBefore what expired before it is kept no longer
     * @return how many; {@link #MAX_BATCH} if there may be more, 0 if none is left or another node
     *     is at it
     * @throws DataAccessException if a statement failed; nothing of the batch is erased then
     */
    int eraseExpired(Site site, Instant expiredBefore) {
        ErasureReason reason =
                site.isRemoved() ? ErasureReason.SITE_REMOVED : ErasureReason.RETENTION;
        return isolation.publicly(
                () -> erase(site, Erasable.expiredBefore(site, expiredBefore), reason));
    }

    private int erase(Site site, Erasable records, ErasureReason reason) {
        // Most who ask have nothing to erase; they must not hold up the recorder.
        if (transactions
                .read("find records", connection -> records.find(connection, 1))
                .isEmpty()) {
            return 0;
        }
        boolean alone = reason != ErasureReason.REQUEST;
        int count =
                transactions.write(
                        "erase records",
                        connection ->
                                alone && !isAlone(connection)
                                        ? 0
                                        : eraseBatch(connection, site, records, reason));
        counter(reason).increment(count);
        return count;
    }

    private int eraseBatch(Connection connection, Site site, Erasable records, ErasureReason reason)
            throws SQLException {
        TransparencyLog.Head head = log.lock(connection);
        List<Long> seqs = records.find(connection, MAX_BATCH);
        if (seqs.isEmpty()) {
            return 0;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<ErasureStatement> statements = ErasureStatement.of(site.siteKey(), seqs, reason, now);
        log.appendStatements(
                connection, head, statements.stream().map(ErasureStatement::logged).toList());
        long sum = eraseStated(connection, head.size(), statements.size());
        if (sum != seqs.size()) {
            throw new IllegalStateException(sum + " records erased instead of " + seqs.size());
        }
        return seqs.size();
    }

    /** Until the transaction ends; false if another node erases expired records now. */
    private static boolean isAlone(Connection connection) throws SQLException {
        String sql = "select pg_try_advisory_xact_lock(" + RETENTION_LOCK + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static long eraseStated(Connection connection, long first, int count)
            throws SQLException {
        Object[] indexes = LongStream.range(first, first + count).boxed().toArray();
        try (PreparedStatement statement = connection.prepareStatement(ERASE)) {
            statement.setArray(1, connection.createArrayOf("bigint", indexes));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private Counter counter(ErasureReason reason) {
        return Counter.builder("assent.erasures")
                .description("records erased")
                .tag("reason", reason.word())
                .register(metrics);
    }
}
