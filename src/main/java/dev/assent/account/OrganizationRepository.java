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
interface OrganizationRepository extends GenericRepository<Organization, Long> {

    @Query(
            """
            insert into organization (name, created_at)
            values (:name, :createdAt)
            """)
    void insert(String name, Instant createdAt);

    @Query("select * from organization order by id limit 1")
    Optional<Organization> findFirst();

    /** The oldest, locked until the transaction ends. */
    @Query("select * from organization order by id limit 1 for update")
    Optional<Organization> lockFirst();

    @Query("update organization set name = :name where id = :id")
    void rename(long id, String name);

    @Query("select * from organization where id = :id")
    Optional<Organization> findById(long id);
}
