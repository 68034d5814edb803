// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SiteScriptRepository extends GenericRepository<SiteScriptRepository.Row, Integer> {

    /** A version's script as it is stored. */
    @MappedEntity("site_script")
    @SuppressWarnings("ArrayRecordComponent") // read once, compared never
    record Row(
            long siteId,
            @Id int version,
            byte[] sha256,
            byte[] identity,
            byte[] gzip,
            byte[] brotli) {

        static Row of(long siteId, int version, SiteScript script) {
            return new Row(
                    siteId,
                    version,
                    script.sha256().bytes(),
                    script.identity(),
                    script.gzip(),
                    script.brotli());
        }

        SiteScript script() {
            return new SiteScript(Hash.fromBytes(sha256), identity, gzip, brotli);
        }
    }

    /** Which version a script belongs to. */
    @MappedEntity("site_script")
    @SuppressWarnings("ArrayRecordComponent") // read once, compared never
    record Name(@Id int version, byte[] sha256) {}

    @Query("select * from site_script where site_id = :siteId and version = :version")
    Optional<Row> find(long siteId, int version);

    /** The name alone, without the bytes. */
    @Query(
            """
            select version, sha256 from site_script
            where site_id = :siteId and version = :version
            """)
    Optional<Name> findName(long siteId, int version);

    @Query(
            """
            select version, sha256 from site_script
            where site_id = :siteId and sha256 = :sha256
            """)
    Optional<Name> findNameByHash(long siteId, byte[] sha256);

    @Query(
            """
            insert into site_script (site_id, version, sha256, identity, gzip, brotli)
            values (:siteId, :version, :sha256, :identity, :gzip, :brotli)
            """)
    void insert(Row row);
}
