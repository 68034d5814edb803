// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface OperatorEventRepository extends GenericRepository<OperatorEvent, Long> {

    @Query(
            """
            insert into operator_event (organization_id, operator_id, api_key_id, action, subject, at)
            values (:organizationId, :operatorId, :apiKeyId, :action, :subject, :at)
            """)
    void insert(
            long organizationId,
            @Nullable Long operatorId,
            @Nullable Long apiKeyId,
            String action,
            String subject,
            Instant at);

    /** Events of one kind whose subject begins with {@code prefix}, oldest first. */
    @Query(
            """
            select e.id, e.action, e.subject, e.at,
                coalesce(o.name || ' <' || o.email || '>', 'key ' || k.name, '') as who
            from operator_event e
                left join operator o on o.id = e.operator_id
                left join api_key k on k.id = e.api_key_id
            where e.organization_id = :organizationId
                and e.action = :action
                and starts_with(e.subject, :prefix)
            order by e.id
            """)
    List<Trail.Event> listOf(long organizationId, String action, String prefix);
}
