// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.web.Isolated;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads one site's records and tombstones. A visitor's records are gathered by their own index
 * before they are ordered ({@code materialized}): else the planner might walk over the whole site
 * to find the next of somebody who has none.
 */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Isolated
interface SiteRecordRepository extends GenericRepository<ConsentRow, UUID> {

    @Query("select seq from consent_record where id = :id and site_id = :siteId")
    Optional<Long> belongs(UUID id, long siteId);

    @Query(
            """
            select id, seq, log_index, recorded_at, expires_at, salt, document
            from consent_record
            where site_id = :siteId and seq = :seq
            """)
    Optional<ConsentRow> findBySeq(long siteId, long seq);

    @Query(
            """
            with theirs as materialized (
                select id, seq, log_index, recorded_at, expires_at, salt, document
                from consent_record
                where site_id = :siteId and subject = :subject)
            select * from theirs where seq < :seq order by seq desc limit 1
            """)
    Optional<ConsentRow> findPrevious(long siteId, byte[] subject, long seq);

    @Query(
            """
            with theirs as materialized (
                select id, seq, log_index, recorded_at, expires_at, salt, document
                from consent_record
                where site_id = :siteId and subject = :subject)
            select * from theirs where seq > :seq order by seq limit 1
            """)
    Optional<ConsentRow> findNext(long siteId, byte[] subject, long seq);

    @Query(
            """
            select seq, log_index, reason, erased_at, statement_index
            from erasure_tombstone
            where site_id = :siteId and seq = :seq
            """)
    Optional<TombstoneRow> findTombstone(long siteId, long seq);

    @Query(
            """
            select seq, log_index, reason, erased_at, statement_index
            from erasure_tombstone
            where site_id = :siteId and seq < :below
            order by seq desc
            limit :limit
            """)
    List<TombstoneRow> listTombstones(long siteId, long below, int limit);

    @Query("select last_seq from site_sequence where site_id = :siteId")
    Optional<Long> findLastSeq(long siteId);

    /** Counts no further than {@code limit}. */
    @Query(
            """
            select count(*)
            from (select from erasure_tombstone where site_id = :siteId limit :limit) as few
            """)
    long countTombstones(long siteId, long limit);
}
