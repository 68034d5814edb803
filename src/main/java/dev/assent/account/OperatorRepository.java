// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface OperatorRepository extends GenericRepository<Operator, Long> {

    @Query("select * from operator where email = :email")
    Optional<Operator> findByEmail(String email);

    @Query("select * from operator where id = :id")
    Optional<Operator> findById(long id);

    @Query("select exists (select from operator)")
    boolean existsAny();

    @Query(
            """
            insert into operator (email, name, password_hash, created_at)
            values (:email, :name, :passwordHash, :createdAt)
            """)
    void insert(String email, String name, String passwordHash, Instant createdAt);

    @Query("update operator set password_hash = :passwordHash where id = :id")
    void setPassword(long id, String passwordHash);
}
