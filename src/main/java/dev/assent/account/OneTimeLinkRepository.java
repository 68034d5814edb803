// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface OneTimeLinkRepository extends GenericRepository<OneTimeLink, byte[]> {

    @Query(
            """
            select hash, purpose, operator_id, organization_id, invitation_id from one_time_link
            where hash = :hash and purpose = :purpose and expires_at > :now
            """)
    Optional<OneTimeLink> find(byte[] hash, String purpose, Instant now);

    /** Uses a link up: of two at once, one gets 1. */
    @Query(
            """
            delete from one_time_link
            where hash = :hash and purpose = :purpose and expires_at > :now
            """)
    int use(byte[] hash, String purpose, Instant now);

    @Query(
            """
            insert into one_time_link (
                hash, purpose, operator_id, organization_id, invitation_id, created_at, expires_at)
            values (
                :hash, :purpose, :operatorId, :organizationId, :invitationId, :createdAt,
                :expiresAt)
            """)
    void insert(
            byte[] hash,
            String purpose,
            @Nullable Long operatorId,
            @Nullable Long organizationId,
            @Nullable Long invitationId,
            Instant createdAt,
            Instant expiresAt);

    @Query("delete from one_time_link where purpose = 'reset' and operator_id = :operatorId")
    void removeResets(long operatorId);

    @Query("delete from one_time_link where purpose = 'set-up'")
    void removeSetUps();

    @Query("delete from one_time_link where expires_at <= :now")
    void removeExpired(Instant now);
}
