// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import dev.assent.web.Isolated;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What operators see and change of deliveries. Sees nothing outside of an organization. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Isolated
interface DeliveryRepository extends GenericRepository<Delivery, Long> {

    /** Newest first. */
    @Query(
            """
            select * from webhook_delivery
            where webhook_id = :webhookId and id < :before
                and (:state = '' or state = :state)
            order by id desc
            limit :limit
            """)
    List<Delivery> list(long webhookId, long before, String state, int limit);

    /** Counts no further than {@code limit}. */
    @Query(
            """
            select count(*)
            from (select from webhook_delivery
                  where webhook_id = :webhookId and state = 'waiting' limit :limit) as few
            """)
    int countWaiting(long webhookId, int limit);

    @Query(
            """
            insert into webhook_delivery (organization_id, webhook_id, message_id, type, body, state,
                attempts, next_at, created_at, answer)
            values (:organizationId, :webhookId, :messageId, :type, :body, 'waiting', 0, :at, :at, '')
            """)
    void insert(
            long organizationId,
            long webhookId,
            UUID messageId,
            String type,
            byte[] body,
            Instant at);

    /** As if it had never been sent, but under the same id. */
    @Query(
            """
            update webhook_delivery
            set state = 'waiting', attempts = 0, next_at = :at, leased_until = null
            where webhook_id = :webhookId and id = :id
            """)
    int repeat(long webhookId, long id, Instant at);
}
