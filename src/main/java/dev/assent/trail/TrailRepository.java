// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.trail;

import dev.assent.web.Isolated;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads events and their entries. Sees nothing outside of an organization. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Isolated
interface TrailRepository extends GenericRepository<TrailEntry, Long> {

    @Query(
            """
            select e.id, e.action, e.subject, e.at, t.log_index,
                coalesce(o.name || ' <' || o.email || '>', 'key ' || k.name, '') as who
            from operator_event e
                left join operator_event_entry t on t.event_id = e.id
                left join operator o on o.id = e.operator_id
                left join api_key k on k.id = e.api_key_id
            where e.organization_id = :organizationId and e.id < :before
                and (:action = '' or e.action = :action)
                and e.at >= :from and e.at < :to
                and (:who = '%%' or o.name ilike :who or o.email ilike :who or k.name ilike :who)
            order by e.id desc
            limit :limit
            """)
    List<TrailEvent> list(
            long organizationId,
            long before,
            String action,
            Instant from,
            Instant to,
            String who,
            int limit);

    @Query(
            """
            select distinct action from operator_event
            where organization_id = :organizationId
            order by action
            """)
    List<String> actions(long organizationId);

    @Query(
            """
            select event_id, salt, document, log_index from operator_event_entry
            where organization_id = :organizationId and event_id = :eventId
            """)
    Optional<TrailEntry> find(long organizationId, long eventId);

    @Query(
            "select id from operator_event where organization_id = :organizationId and id = :eventId")
    Optional<Long> exists(long organizationId, long eventId);
}
