// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestDatabase;
import dev.assent.TestServers;
import dev.assent.site.PolicyVersion;
import dev.assent.site.Sites;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Records whose time is over go by themselves. Sites here keep them 24 months after 6 of life. */
@MicronautTest(transactional = false, startApplication = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionJobTest implements TestPropertyProvider {
    @Inject Recorder recorder;
    @Inject Erasures erasures;
    @Inject Sites sites;

    @Property(name = "assent.database.url")
    String url;

    private TestDatabase database;
    private PolicyVersion policy;
    private Instant expiresAt;

    @Override
    public Map<String, String> getProperties() {
        return TestServers.properties();
    }

    @BeforeEach
    void record() throws SQLException {
        database = new TestDatabase(url);
        policy = TestPolicy.publish(url, TestDatabase.siteKey());
        expiresAt = record(policy, 2).getLast().expiresAt();
    }

    @Test
    void records_areKeptUntilRetentionEnds() throws SQLException {
        job(atEndOfRetention().minusSeconds(4 * 86_400)).run();
        assertThat(database.records(policy.siteId())).containsExactly(1L, 2L);

        job(atEndOfRetention().plusSeconds(4 * 86_400)).run();
        assertThat(database.records(policy.siteId())).isEmpty();
        assertThat(database.tombstones(policy.siteId())).containsExactly(1L, 2L);
        assertThat(database.statements(policy.siteKey()))
                .satisfiesExactly(statement ->
                        assertThat(statement)
                                .contains("\"first\":1,\"last\":2,\"reason\":\"retention\""));
    }

    @Test
    void retentionOfTheSite_isWhatCounts() throws SQLException {
        PolicyVersion brief = TestPolicy.publish(url, TestDatabase.siteKey());
        database.execute("update site set retention = 'P1D' where id = " + brief.siteId());
        record(brief, 1);

        job(expiresAt.plusSeconds(2 * 86_400)).run();

        assertThat(database.records(brief.siteId())).isEmpty();
        assertThat(database.records(policy.siteId())).containsExactly(1L, 2L);
    }

    @Test
    void removedSite_keepsItsRecordsAsLongAndSaysWhyTheyWent() throws SQLException {
        database.execute("update site set removed_at = now() where id = " + policy.siteId());

        job(expiresAt.plusSeconds(86_400)).run();
        assertThat(database.records(policy.siteId())).containsExactly(1L, 2L);

        job(longAfter()).run();
        assertThat(database.statements(policy.siteKey()))
                .satisfiesExactly(
                        statement -> assertThat(statement).contains("\"reason\":\"site-removed\""));
    }

    @Test
    void moreThanABatch_goInOneRunOneStatementEach() throws SQLException {
        record(policy, 2_498);

        job(longAfter()).run();

        assertThat(database.records(policy.siteId())).isEmpty();
        assertThat(database.statements(policy.siteKey())).hasSize(3);
    }

    @Test
    void failureInOneSite_doesNotStopTheOthers() throws SQLException {
        PolicyVersion later = TestPolicy.publish(url, TestDatabase.siteKey());
        record(later, 1);
        database.execute(
                "alter table erasure_tombstone add constraint poison check (site_id <> %d)"
                        .formatted(policy.siteId()));

        job(longAfter()).run();
        assertThat(database.records(policy.siteId())).containsExactly(1L, 2L);
        assertThat(database.records(later.siteId())).isEmpty();

        database.execute("alter table erasure_tombstone drop constraint poison");
        job(longAfter()).run();
        assertThat(database.records(policy.siteId())).isEmpty();
    }

    @Test
    void anotherNodeAtIt_isLeftAlone() throws SQLException {
        try (Connection other = TestServers.connect(url);
                var statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(" + Erasures.RETENTION_LOCK + ")");
            job(longAfter()).run();
            assertThat(database.records(policy.siteId())).containsExactly(1L, 2L);
        }
        job(longAfter()).run();
        assertThat(database.records(policy.siteId())).isEmpty();
    }

    @Test
    void closed_beginsNoBatch() throws Exception {
        RetentionJob job = job(longAfter());
        job.close();

        job.run();

        assertThat(database.records(policy.siteId())).containsExactly(1L, 2L);
    }

    private RetentionJob job(Instant now) {
        return new RetentionJob(sites, erasures, InstantSource.fixed(now));
    }

    private Instant atEndOfRetention() {
        return expiresAt.atOffset(ZoneOffset.UTC).plusMonths(24).toInstant();
    }

    private Instant longAfter() {
        return atEndOfRetention().plusSeconds(365L * 86_400);
    }

    private List<ConsentRecord> record(PolicyVersion site, int count) {
        var answers = new ArrayList<CompletableFuture<Recorded>>();
        for (int i = 0; i < count; i++) {
            answers.add(recorder.record(new PendingChoice(TestChoice.reject(site), site)));
        }
        return answers.stream().map(answer -> answer.join().record()).toList();
    }
}
