// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.web.Isolated;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
@Isolated
interface SiteRepository extends GenericRepository<Site, Long> {

    /** The id of {@code site} is not stored: the database gives one. */
    @Query(
            """
            insert into site
                (organization_id, site_key, name, origins, cookie_domain, retention, created_at)
            values
                (:organizationId, :siteKey, :name, :origins, :cookieDomain, :retention, :createdAt)
            """)
    void insert(Site site);

    @Query("select * from site where site_key = :siteKey")
    Optional<Site> findBySiteKey(String siteKey);

    @Query("select * from site order by id limit 1")
    Optional<Site> findOldest();

    /**
     * Locks the site until the transaction ends, against others who change or publish it. Not
     * against rows that refer to it, so recording goes on. Said as an update because Micronaut Data
     * takes "select … for no key update" for one and then wants no rows.
     *
     * @return 1, or 0 if the organization has no such site or it is removed
     */
    @Query(
            """
            update site set name = name
            where site_key = :siteKey and organization_id = :organizationId and removed_at is null
            """)
    int lock(String siteKey, long organizationId);

    @Query(
            """
            select * from site
            where organization_id = :organizationId and removed_at is null
            order by id
            """)
    List<Site> listByOrganization(long organizationId);

    @Query(
            """
            select * from site
            where organization_id = :organizationId and removed_at is not null
            order by removed_at desc, id desc
            """)
    List<Site> listRemoved(long organizationId);

    @Query("select * from site order by id")
    List<Site> listAll();

    @Query(
            """
            update site
            set name = :name, origins = :origins, cookie_domain = :cookieDomain, retention = :retention
            where id = :id
            """)
    void change(Site site);

    @Query(
            """
            update site set removed_at = :removedAt
            where site_key = :siteKey and organization_id = :organizationId and removed_at is null
            """)
    int remove(String siteKey, long organizationId, Instant removedAt);
}
