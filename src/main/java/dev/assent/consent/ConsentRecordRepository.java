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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads records; {@link ConsentStatements} writes them. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Isolated
interface ConsentRecordRepository extends GenericRepository<ConsentRow, UUID> {

    @Query(
            """
            select id, seq, log_index, recorded_at, expires_at, salt, document
            from consent_record
            where id = :id
            """)
    Optional<ConsentRow> findById(UUID id);

    /** One visitor's, oldest first, above {@code after}. */
    @Query(
            """
            select id, seq, log_index, recorded_at, expires_at, salt, document
            from consent_record
            where site_id = :siteId
              and subject = :subject
              and seq > :after
            order by seq
            limit :limit
            """)
    List<ConsentRow> listOldestFirst(long siteId, byte[] subject, long after, int limit);

    /** Newest first, below {@code before}; an absent bound bounds nothing. */
    @Query(
            """
            select id, seq, log_index, recorded_at, expires_at, salt, document
            from consent_record
            where site_id = :siteId
              and seq < :before
              and recorded_at >= coalesce(:from, '-infinity'::timestamptz)
              and recorded_at < coalesce(:to, 'infinity'::timestamptz)
              and (:action::text is null or action = :action)
            order by seq desc
            limit :limit
            """)
    List<ConsentRow> listNewestFirst(
            long siteId,
            long before,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String action,
            int limit);
}
