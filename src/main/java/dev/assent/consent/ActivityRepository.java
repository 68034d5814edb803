// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.web.Isolated;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;

@JdbcRepository(dialect = Dialect.POSTGRES)
@Isolated
interface ActivityRepository extends GenericRepository<Activity, Long> {

    /**
     * Of every site that is not removed. Reads at most {@code most} entries of the index on time
     * and one of that on numbers for each, however many records there are.
     */
    @Query(
            """
            select
                s.id as site_id,
                (select count(*) from (
                    select r.site_id from consent_record r
                    where r.site_id = s.id and r.recorded_at >= :since
                    limit :most) counted) as recent,
                (select r.recorded_at from consent_record r
                    where r.site_id = s.id
                    order by r.seq desc limit 1) as last_at
            from site s
            where s.organization_id = :organizationId and s.removed_at is null
            """)
    List<Activity> list(long organizationId, Instant since, int most);
}
