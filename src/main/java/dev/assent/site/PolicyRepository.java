// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.web.Isolated;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
@Isolated
interface PolicyRepository extends GenericRepository<PolicyRow, Integer> {

    @Query("select * from policy_version where site_id = :siteId and version = :version")
    Optional<PolicyRow> find(long siteId, int version);

    /** All versions, newest first. */
    @Query("select * from policy_version where site_id = :siteId order by version desc")
    List<PolicyRow> listBySite(long siteId);

    @Query("select min(log_index) from policy_version where sha256 = :sha256")
    Optional<Long> findLogIndex(Hash sha256);

    @Query(
            """
            insert into policy_version
                (site_id, version, sha256, widget_sha256, log_index, material, reason,
                 published_at, effective_at)
            values
                (:siteId, :version, :sha256, :widgetSha256, :logIndex, :material, :reason,
                 :publishedAt, :effectiveAt)
            """)
    void insert(PolicyRow row);
}
