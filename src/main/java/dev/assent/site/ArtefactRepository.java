// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface ArtefactRepository extends GenericRepository<ArtefactRepository.Row, byte[]> {

    @MappedEntity("artefact")
    @SuppressWarnings("ArrayRecordComponent") // read once, compared never
    record Row(@Id byte[] sha256, byte[] document) {}

    /** A part of the widget as it is stored. */
    @MappedEntity("widget_build")
    @SuppressWarnings("ArrayRecordComponent") // read once, compared never
    record Build(@Id byte[] sha256, byte[] script) {}

    @Query("select * from artefact where sha256 = :sha256")
    Optional<Row> find(byte[] sha256);

    @Query("insert into artefact (sha256, document) values (:sha256, :document)")
    void insert(byte[] sha256, byte[] document);

    @Query("select sha256, script from widget_build where sha256 = :sha256")
    Optional<Build> findWidgetBuild(byte[] sha256);

    @Query(
            """
            insert into widget_build (sha256, script, first_seen)
            values (:sha256, :script, :firstSeen)
            on conflict (sha256) do nothing
            """)
    void insertWidgetBuild(byte[] sha256, byte[] script, Instant firstSeen);
}
