// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

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
interface ApiKeyRepository extends GenericRepository<ApiKey, Long> {

    @Query("select * from api_key where hash = :hash and revoked_at is null")
    Optional<ApiKey> findByHash(byte[] hash);

    @Query(
            """
            update api_key set last_used_at = :now
            where id = :id and (last_used_at is null or last_used_at < :before)
            """)
    void use(long id, Instant now, Instant before);

    @Query(
            """
            select * from api_key
            where organization_id = :organizationId and revoked_at is null
            order by id
            """)
    List<ApiKey> listByOrganization(long organizationId);

    @Query(
            """
            select exists (
                select from api_key
                where organization_id = :organizationId
                    and revoked_at is null
                    and 'organization' = any(scopes))
            """)
    boolean canKeysBeMade(long organizationId);

    @Query(
            """
            insert into api_key (organization_id, name, hash, scopes, created_at)
            values (:organizationId, :name, :hash, :scopes, :createdAt)
            """)
    void insert(long organizationId, String name, byte[] hash, String[] scopes, Instant createdAt);

    /** Makes the key of the environment, or takes it back if it was there before. */
    @Query(
            """
            insert into api_key (organization_id, name, hash, scopes, from_environment, created_at)
            values (:organizationId, :name, :hash, :scopes, true, :createdAt)
            on conflict (hash) do update set revoked_at = null where api_key.from_environment
            """)
    void insertFromEnvironment(
            long organizationId, String name, byte[] hash, String[] scopes, Instant createdAt);

    @Query(
            """
            update api_key set revoked_at = :revokedAt
            where organization_id = :organizationId and id = :id and revoked_at is null
            """)
    int revoke(long organizationId, long id, Instant revokedAt);

    @Query(
            """
            update api_key set revoked_at = :revokedAt
            where from_environment and revoked_at is null and hash <> :exceptHash
            """)
    int revokeFromEnvironment(byte[] exceptHash, Instant revokedAt);
}
