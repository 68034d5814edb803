// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.web.Isolated;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
@Isolated
interface PolicyDraftRepository extends GenericRepository<PolicyDraftRepository.Row, Long> {

    /**
     * A draft as it is stored.
     *
     * @param document canonical JSON, UTF-8
     */
    @MappedEntity("policy_draft")
    @SuppressWarnings("ArrayRecordComponent") // read once, compared never
    record Row(@Id long siteId, byte[] document, Instant updatedAt) {}

    @Query("select * from policy_draft where site_id = :siteId")
    Optional<Row> find(long siteId);

    @Query(
            """
            insert into policy_draft (site_id, document, updated_at)
            values (:siteId, :document, :updatedAt)
            on conflict (site_id) do update set document = :document, updated_at = :updatedAt
            """)
    void put(long siteId, byte[] document, Instant updatedAt);
}
