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
import java.util.Optional;

/** What operators see and change of webhooks. Sees nothing outside of an organization. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Isolated
interface WebhookRepository extends GenericRepository<Webhook, Long> {

    @Query("select * from webhook where site_id = :siteId order by id")
    List<Webhook> list(long siteId);

    @Query("select * from webhook where site_id = :siteId and id = :id")
    Optional<Webhook> find(long siteId, long id);

    @Query("select count(*) from webhook where site_id = :siteId")
    int count(long siteId);

    /** From now on: it is told nothing of what happened before. */
    @Query(
            """
            insert into webhook
                (organization_id, site_id, url, types, secret, created_at, seen_seq, seen_index)
            select :organizationId, :siteId, :url, :types, :secret, :createdAt,
                coalesce((select last_seq from site_sequence where site_id = :siteId), 0),
                (select size from log_head)
            returning id
            """)
    long insert(
            long organizationId,
            long siteId,
            String url,
            String[] types,
            byte[] secret,
            Instant createdAt);

    @Query(
            """
            update webhook set old_secret = secret, old_until = :oldUntil, secret = :secret
            where site_id = :siteId and id = :id
            """)
    int rotate(long siteId, long id, byte[] secret, Instant oldUntil);

    @Query(
            """
            update webhook set paused_at = :at, paused_why = 'operator'
            where site_id = :siteId and id = :id and paused_at is null
            """)
    int pause(long siteId, long id, Instant at);

    @Query(
            """
            update webhook set paused_at = null, paused_why = null, failing_since = null
            where site_id = :siteId and id = :id and paused_at is not null
            """)
    int resume(long siteId, long id);

    /** What has happened until now is not told any more. */
    @Query(
            """
            update webhook
            set seen_seq = coalesce((select last_seq from site_sequence where site_id = :siteId), 0),
                seen_index = (select size from log_head)
            where site_id = :siteId and id = :id
            """)
    int skip(long siteId, long id);

    /** Its deliveries go with it. */
    @Query("delete from webhook where site_id = :siteId and id = :id")
    int remove(long siteId, long id);
}
