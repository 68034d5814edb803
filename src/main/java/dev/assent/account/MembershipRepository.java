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
interface MembershipRepository extends GenericRepository<Membership, Long> {

    @Query(
            """
            select organization_id, operator_id, role from membership
            where operator_id = :operatorId
            order by created_at, organization_id
            """)
    List<Membership> listByOperator(long operatorId);

    @Query(
            """
            select g.id, g.name from membership m join organization g on g.id = m.organization_id
            where m.operator_id = :operatorId
            order by g.name, g.id
            """)
    List<Members.Place> listPlaces(long operatorId);

    @Query(
            """
            select o.id, o.email, o.name, m.role,
                exists (select from second_factor f
                    where f.operator_id = o.id and f.confirmed_at is not null) as second_factor
            from membership m join operator o on o.id = m.operator_id
            where m.organization_id = :organizationId
            order by lower(o.name), o.id
            """)
    List<Members.Member> list(long organizationId);

    @Query(
            """
            select organization_id, operator_id, role from membership
            where organization_id = :organizationId and operator_id = :operatorId
            """)
    Optional<Membership> find(long organizationId, long operatorId);

    /** The owners, locked until the transaction ends, so that two cannot remove each other. */
    @Query(
            """
            select operator_id from membership
            where organization_id = :organizationId and role = 'owner'
            order by operator_id
            for update
            """)
    List<Long> lockOwners(long organizationId);

    @Query(
            """
            insert into membership (organization_id, operator_id, role, created_at)
            values (:organizationId, :operatorId, :role, :createdAt)
            on conflict do nothing
            """)
    int insert(long organizationId, long operatorId, String role, Instant createdAt);

    @Query(
            """
            update membership set role = :role
            where organization_id = :organizationId and operator_id = :operatorId
            """)
    void setRole(long organizationId, long operatorId, String role);

    @Query(
            """
            delete from membership
            where organization_id = :organizationId and operator_id = :operatorId
            """)
    void remove(long organizationId, long operatorId);
}
