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
interface SecondFactorRepository extends GenericRepository<SecondFactor, Long> {

    @Query("select * from second_factor where operator_id = :operatorId")
    Optional<SecondFactor> find(long operatorId);

    /** Begins anew, unless there is a confirmed one. */
    @Query(
            """
            insert into second_factor (operator_id, sealed, last_step)
            values (:operatorId, :sealed, 0)
            on conflict (operator_id) do update set sealed = :sealed, last_step = 0
            where second_factor.confirmed_at is null
            """)
    int begin(long operatorId, byte[] sealed);

    @Query(
            """
            update second_factor set confirmed_at = :at, last_step = :step
            where operator_id = :operatorId and confirmed_at is null
            """)
    int confirm(long operatorId, Instant at, long step);

    /** Takes a time step, if neither it nor a later one has been taken. */
    @Query(
            """
            update second_factor set last_step = :step
            where operator_id = :operatorId and confirmed_at is not null and last_step < :step
            """)
    int take(long operatorId, long step);

    @Query("delete from second_factor where operator_id = :operatorId")
    int remove(long operatorId);

    @Query("delete from backup_code where operator_id = :operatorId")
    void removeBackupCodes(long operatorId);

    @Query("insert into backup_code (operator_id, hash) values (:operatorId, :hash)")
    void insertBackupCode(long operatorId, byte[] hash);

    @Query("delete from backup_code where operator_id = :operatorId and hash = :hash")
    int useBackupCode(long operatorId, byte[] hash);

    @Query("select count(*) from backup_code where operator_id = :operatorId")
    int countBackupCodes(long operatorId);
}
