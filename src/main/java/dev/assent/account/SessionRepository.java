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

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SessionRepository extends GenericRepository<OperatorSession, Long> {

    @Query(
            """
            select s.id, s.operator_id, o.email, o.name, s.organization_id,
                g.name as organization_name, s.role, s.awaits_code, s.created_at, s.seen_at
            from operator_session s
                join operator o on o.id = s.operator_id
                join organization g on g.id = s.organization_id
            where s.hash = :hash
            """)
    Optional<OperatorSession> findByHash(byte[] hash);

    @Query(
            """
            insert into operator_session (
                hash, operator_id, organization_id, role, awaits_code, browser, created_at, seen_at)
            values (
                :hash, :operatorId, :organizationId, :role, :awaitsCode, :browser, :createdAt,
                :createdAt)
            """)
    void insert(
            byte[] hash,
            long operatorId,
            long organizationId,
            String role,
            boolean awaitsCode,
            String browser,
            Instant createdAt);

    @Query("update operator_session set seen_at = :now where id = :id and seen_at < :now")
    void see(long id, Instant now);

    @Query(
            """
            select id, browser, created_at, seen_at from operator_session
            where operator_id = :operatorId and not awaits_code
            order by seen_at desc, id desc
            """)
    List<Sessions.Listed> list(long operatorId);

    /** Hashes in hex of all sessions of an operator. */
    @Query("select encode(hash, 'hex') from operator_session where operator_id = :operatorId")
    List<String> hashes(long operatorId);

    @Query("delete from operator_session where hash = :hash")
    void removeByHash(byte[] hash);

    @Query("delete from operator_session where operator_id = :operatorId and id = :id")
    int remove(long operatorId, long id);

    @Query("delete from operator_session where operator_id = :operatorId and id <> :except")
    int removeOthers(long operatorId, long except);

    @Query("delete from operator_session where created_at < :before")
    void removeOld(Instant before);
}
