// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.web.Isolated;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads records and tombstones by their numbers, a page in one statement: erasure turns the one
 * into the other in one transaction, so a statement sees each number once.
 *
 * <p>Bounds in time are found by the index on time. Nodes' clocks may differ: among all that was
 * recorded within five minutes of the first in time the smallest number counts, and likewise at the
 * end. {@code offset 0} keeps the planner from walking over all numbers instead.
 */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Isolated
interface ExportRepository extends GenericRepository<ExportRow, Long> {

    /** What there is from number {@code first} to {@code last}, in order. */
    @Query(
            """
            select seq, log_index, policy_version, salt, document, null::bigint as statement_index
            from consent_record
            where site_id = :siteId and seq between :first and :last
            union all
            select t.seq, t.log_index, null, ''::bytea, s.document, t.statement_index
            from erasure_tombstone t join log_statement s on s.log_index = t.statement_index
            where t.site_id = :siteId and t.seq between :first and :last
            order by seq
            """)
    List<ExportRow> list(long siteId, long first, long last);

    /** What there is of these numbers, in order. */
    @Query(
            """
            select seq, log_index, policy_version, salt, document, null::bigint as statement_index
            from consent_record
            where site_id = :siteId and seq in (:numbers)
            union all
            select t.seq, t.log_index, null, ''::bytea, s.document, t.statement_index
            from erasure_tombstone t join log_statement s on s.log_index = t.statement_index
            where t.site_id = :siteId and t.seq in (:numbers)
            order by seq
            """)
    List<ExportRow> listSome(long siteId, List<Long> numbers);

    /** The last number whose entry is among the first {@code size}, erased or not. */
    @Query(
            """
            select greatest(
                (select seq
                 from consent_record
                 where site_id = :siteId and log_index < :size
                 order by seq desc
                 limit 1),
                (select seq
                 from erasure_tombstone
                 where site_id = :siteId and log_index < :size
                 order by seq desc
                 limit 1))
            """)
    Optional<Long> findLast(long siteId, long size);

    /** The smallest number of a record between two instants; an absent bound bounds nothing. */
    @Query(
            """
            with found as (
                select min(recorded_at) as first
                from consent_record
                where site_id = :siteId
                  and recorded_at >= coalesce(:from, '-infinity'::timestamptz)
                  and recorded_at < coalesce(:to, 'infinity'::timestamptz))
            select min(seq)
            from (select seq
                  from consent_record, found
                  where site_id = :siteId
                    and recorded_at between found.first and found.first + interval '5 minutes'
                    and recorded_at < coalesce(:to, 'infinity'::timestamptz)
                  offset 0) as near
            """)
    Optional<Long> findFirst(long siteId, @Nullable Instant from, @Nullable Instant to);

    /** The largest number of a record between two instants; an absent bound bounds nothing. */
    @Query(
            """
            with found as (
                select max(recorded_at) as last
                from consent_record
                where site_id = :siteId
                  and recorded_at >= coalesce(:from, '-infinity'::timestamptz)
                  and recorded_at < coalesce(:to, 'infinity'::timestamptz))
            select max(seq)
            from (select seq
                  from consent_record, found
                  where site_id = :siteId
                    and recorded_at between found.last - interval '5 minutes' and found.last
                    and recorded_at >= coalesce(:from, '-infinity'::timestamptz)
                  offset 0) as near
            """)
    Optional<Long> findLast(long siteId, @Nullable Instant from, @Nullable Instant to);
}
