// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sees nothing outside of {@link Isolation}. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface InvitationRepository extends GenericRepository<Invitation, Long> {

    @Query(
            """
            insert into invitation (organization_id, email, role, invited_by, created_at, expires_at)
            values (:organizationId, :email, :role, :invitedBy, :createdAt, :expiresAt)
            returning id
            """)
    long insert(
            long organizationId,
            String email,
            String role,
            long invitedBy,
            Instant createdAt,
            Instant expiresAt);

    @Query(
            """
            select id, organization_id, email, role, expires_at from invitation
            where organization_id = :organizationId and expires_at > :now
            order by id desc
            """)
    List<Invitation> list(long organizationId, Instant now);

    @Query(
            """
            select id, organization_id, email, role, expires_at from invitation
            where organization_id = :organizationId and id = :id
            """)
    Optional<Invitation> find(long organizationId, long id);

    /** Also the link that leads to it. */
    @Query("delete from invitation where organization_id = :organizationId and id = :id")
    int remove(long organizationId, long id);

    @Query("delete from invitation where organization_id = :organizationId and email = :email")
    void removeByEmail(long organizationId, String email);
}
