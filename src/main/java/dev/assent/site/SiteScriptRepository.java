// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.web.Isolated;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
@Isolated
interface SiteScriptRepository extends GenericRepository<SiteScriptRepository.Row, byte[]> {

    /**
     * A script as it is stored.
     *
     * @param language its only one; {@link PayloadVariants#ALL} for all
     * @param announces the version that it gives notice of; 0 for none
     * @param isDefault whether {@code language} is the version's default
     */
    @MappedEntity("site_script")
    @SuppressWarnings("ArrayRecordComponent") // read once, compared never
    record Row(
            long siteId,
            int version,
            @Id byte[] sha256,
            byte[] identity,
            byte[] gzip,
            byte[] brotli,
            String language,
            int announces,
            boolean isDefault) {

        SiteScript script() {
            return new SiteScript(Hash.fromBytes(sha256), identity, gzip, brotli);
        }
    }

    /** Which script it is, without its bytes. */
    @MappedEntity("site_script")
    @SuppressWarnings("ArrayRecordComponent") // read once, compared never
    record Name(int version, @Id byte[] sha256, String language, int announces, boolean isDefault) {

        Hash hash() {
            return Hash.fromBytes(sha256);
        }
    }

    /** The JavaScript alone, to make another of. */
    @MappedEntity("site_script")
    @SuppressWarnings("ArrayRecordComponent") // read once, compared never
    record Source(@Id byte[] sha256, byte[] identity, String language, boolean isDefault) {}

    @Query("select * from site_script where site_id = :siteId and sha256 = :sha256")
    Optional<Row> find(long siteId, byte[] sha256);

    /** A version's scripts: the plain ones, and those that give notice of {@code announced}. */
    @Query(
            """
            select version, sha256, language, announces, is_default from site_script
            where site_id = :siteId and version = :version and announces in (0, :announced)
            """)
    List<Name> listNames(long siteId, int version, int announced);

    @Query(
            """
            select version, sha256, language, announces, is_default from site_script
            where site_id = :siteId and sha256 = :sha256
            """)
    Optional<Name> findName(long siteId, byte[] sha256);

    /** A version's plain scripts. */
    @Query(
            """
            select sha256, identity, language, is_default from site_script
            where site_id = :siteId and version = :version and announces = 0
            """)
    List<Source> listSources(long siteId, int version);

    /** What the version with this artefact brought to those who named no language. */
    @Query(
            """
            select s.sha256, s.identity, s.language, s.is_default
            from policy_version p
                join site_script s on s.site_id = p.site_id and s.version = p.version
            where p.sha256 = :sha256 and s.language = '' and s.announces = 0
            """)
    Optional<Source> findServed(byte[] sha256);

    @Query(
            """
            insert into site_script
                (site_id, version, sha256, identity, gzip, brotli, language, announces, is_default)
            values
                (:siteId, :version, :sha256, :identity, :gzip, :brotli, :language, :announces,
                 :isDefault)
            """)
    void insert(Row row);
}
