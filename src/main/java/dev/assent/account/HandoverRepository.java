// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.web.Isolated;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;

@Isolated
@JdbcRepository(dialect = Dialect.POSTGRES)
interface HandoverRepository extends GenericRepository<Handover, Long> {

    /** Lets one form of a session be answered at a time, until the transaction ends. */
    @Query("select id from operator_session where id = :sessionId for update")
    Optional<Long> lock(long sessionId);

    @Query(
            """
            select id, what, place, made_at, shown_at, sealed from handover
            where session_id = :sessionId and form = :form
            """)
    Optional<Handover> findByForm(long sessionId, byte[] form);

    @Query(
            """
            select id, what, place, made_at, shown_at, sealed from handover
            where session_id = :sessionId and id = :id and place = :place
            for update
            """)
    Optional<Handover> take(long sessionId, long id, String place);

    @Query(
            """
            insert into handover (organization_id, session_id, form, what, place, made_at, sealed)
            values (:organizationId, :sessionId, :form, :what, :place, :madeAt, :sealed)
            returning id
            """)
    long insert(
            long organizationId,
            long sessionId,
            byte[] form,
            String what,
            String place,
            Instant madeAt,
            byte[] sealed);

    @Query("update handover set shown_at = :now where id = :id")
    void show(long id, Instant now);

    /** Has it shown again. */
    @Query("update handover set shown_at = null where id = :id and sealed is not null")
    void offer(long id);

    /** Forgets the secrets that were made before this moment. */
    @Query("update handover set sealed = null where made_at < :before and sealed is not null")
    void forget(Instant before);
}
