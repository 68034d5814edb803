// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.TestDatabase;
import dev.assent.TestServers;
import dev.assent.receipt.CanonicalJson;
import dev.assent.site.PolicyVersion;
import dev.assent.site.Site;
import dev.assent.site.Sites;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Property;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Records go for good, their numbers and the log stay. */
@MicronautTest(transactional = false, startApplication = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasuresTest implements TestPropertyProvider {
    @Inject Recorder recorder;
    @Inject ConsentRecords records;
    @Inject Erasures erasures;
    @Inject Sites sites;
    @Inject MeterRegistry metrics;

    @Property(name = "assent.database.url")
    String url;

    private TestDatabase database;
    private PolicyVersion policy;
    private Site site;

    @Override
    public Map<String, String> getProperties() {
        return TestServers.properties();
    }

    @BeforeEach
    void publish() throws SQLException {
        database = new TestDatabase(url);
        policy = TestPolicy.publish(url, TestDatabase.siteKey());
        site = sites.find(policy.siteKey()).join().orElseThrow();
    }

    @Test
    void visitorsRecords_goAndNobodyElses() throws Exception {
        PolicyVersion elsewhere = TestPolicy.publish(url, TestDatabase.siteKey());
        String secret = TestChoice.secret();
        recorder.record(new PendingChoice(choice(elsewhere, secret), elsewhere)).join();
        var own = new ArrayList<ConsentRecord>();
        for (String one : List.of("own", "own", "other", "own", "other")) {
            ConsentRecord record = record(one.equals("own") ? secret : TestChoice.secret());
            if (one.equals("own")) {
                own.add(record);
            }
        }
        double before = counted("request");

        assertThat(erasures.eraseVisitor(site, subject(secret))).isEqualTo(3);

        assertThat(database.records(site.id())).containsExactly(3L, 5L);
        assertThat(database.tombstones(site.id())).containsExactly(1L, 2L, 4L);
        assertThat(database.records(elsewhere.siteId())).containsExactly(1L);
        assertThat(database.statements(site.siteKey()))
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"first\":1,\"last\":2"),
                        second -> assertThat(second).contains("\"first\":4,\"last\":4"));
        for (ConsentRecord erased : own) {
            assertThat(records.find(erased.id())).isEmpty();
            assertThat(entryAt(erased.index())).isEqualTo(erased.entry().bytes());
        }
        assertThat(counted("request") - before).isEqualTo(3);
        assertThat(erasures.eraseVisitor(site, subject(secret))).isZero();
    }

    @Test
    void statements_areCanonicalAndWhatTheLogHolds() throws Exception {
        String secret = TestChoice.secret();
        record(secret);

        erasures.eraseVisitor(site, subject(secret));

        String statement = database.statements(site.siteKey()).getFirst();
        var document = statement.getBytes(StandardCharsets.UTF_8);
        var content = CanonicalJson.parseCanonicalObject(document);
        assertThat(content.keys()).containsExactly("at", "first", "last", "reason", "site", "v");
        assertThat(content.text("reason")).isEqualTo("request");
        assertThat(
                        database.number(
                                """
                                select count(*)
                                from erasure_tombstone t
                                         join log_entry e on e.index = t.statement_index
                                         join log_statement s on s.log_index = t.statement_index
                                where t.site_id = SITE
                                  and e.entry = decode('03', 'hex') || sha256(s.document)
                                """
                                        .replace("SITE", Long.toString(site.id()))))
                .isEqualTo(1);
    }

    @Test
    void oneRecord_isErasedByIdOnItsOwnSiteOnly() throws Exception {
        PolicyVersion elsewhere = TestPolicy.publish(url, TestDatabase.siteKey());
        Site other = sites.find(elsewhere.siteKey()).join().orElseThrow();
        ConsentRecord record = record(TestChoice.secret());

        assertThat(erasures.eraseRecord(other, record.id())).isFalse();
        assertThat(erasures.eraseRecord(site, UUID.randomUUID())).isFalse();
        assertThat(records.find(record.id())).isPresent();
        assertThat(erasures.eraseRecord(site, record.id())).isTrue();
        assertThat(erasures.eraseRecord(site, record.id())).isFalse();
        assertThat(records.find(record.id())).isEmpty();
    }

    @Test
    void recording_goesOnAfterTheLastNumberEverGiven() throws Exception {
        String secret = TestChoice.secret();
        record(TestChoice.secret());
        record(secret);

        erasures.eraseVisitor(site, subject(secret));

        assertThat(record(TestChoice.secret()).seq()).isEqualTo(3);
        assertThat(gaplessLog()).isTrue();
    }

    @Test
    void previousRecordErased_leavesTheLaterOneAsItWas() throws Exception {
        String secret = TestChoice.secret();
        Choice first = choice(policy, secret);
        Choice second = TestChoice.choice(policy, TestChoice.id(), secret, true, first.id());
        Choice third = TestChoice.choice(policy, TestChoice.id(), secret, false, first.id());
        record(first).join();
        ConsentRecord later = record(second).join().record();

        erasures.eraseRecord(site, first.id());

        var read = records.find(later.id()).orElseThrow();
        assertThat(read.document()).isEqualTo(later.document());
        assertThat(read.content().text("previous")).hasSize(43);
        assertThat(read.entry().bytes()).isEqualTo(entryAt(read.index()));
        assertThat(record(third).join().record().content().keys()).doesNotContain("previous");
    }

    @Test
    void recordingMeanwhile_losesNothingAndLeavesNoGap() throws Exception {
        String secret = TestChoice.secret();
        int rounds = 1_200;
        var answers = new ArrayList<CompletableFuture<Recorded>>();
        long erased = 0;
        for (int i = 0; i < rounds; i++) {
            answers.add(record(choice(policy, secret)));
            answers.add(record(choice(policy, TestChoice.secret())));
            if (i % 200 == 100) {
                erased += erasures.eraseVisitor(site, subject(secret));
            }
        }
        answers.forEach(CompletableFuture::join);
        erased += erasures.eraseVisitor(site, subject(secret));

        assertThat(erased).isEqualTo(rounds);
        assertThat(database.records(site.id())).hasSize(rounds);
        assertThat(database.tombstones(site.id())).hasSize(rounds);
        var all = new ArrayList<>(database.records(site.id()));
        all.addAll(database.tombstones(site.id()));
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 2L * rounds).boxed().toList());
        assertThat(gaplessLog()).isTrue();
    }

    @Test
    void failureBetweenBatches_leavesWholeBatchesAndIsMadeGoodLater() throws Exception {
        String secret = TestChoice.secret();
        var answers = new ArrayList<CompletableFuture<Recorded>>();
        for (int i = 0; i < 2_300; i++) {
            answers.add(record(choice(policy, secret)));
        }
        answers.forEach(CompletableFuture::join);
        database.execute(
                "alter table erasure_tombstone add constraint poison check (site_id <> %d or seq <> 1500)"
                        .formatted(site.id()));

        assertThatThrownBy(() -> erasures.eraseVisitor(site, subject(secret)))
                .isInstanceOf(DataAccessException.class);
        assertThat(database.tombstones(site.id())).isEqualTo(numbers(1, 1000));
        assertThat(database.records(site.id())).isEqualTo(numbers(1001, 2300));
        assertThat(database.statements(site.siteKey())).hasSize(1);
        assertThat(gaplessLog()).isTrue();

        database.execute("alter table erasure_tombstone drop constraint poison");
        assertThat(erasures.eraseVisitor(site, subject(secret))).isEqualTo(1_300);
        assertThat(database.tombstones(site.id())).isEqualTo(numbers(1, 2300));
        assertThat(database.records(site.id())).isEmpty();
        assertThat(database.statements(site.siteKey())).hasSize(3);
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private String subject(String secret) {
        return choice(policy, secret).subject(policy.siteKey());
    }

    private static Choice choice(PolicyVersion policy, String secret) {
        return TestChoice.choice(policy, TestChoice.id(), secret, false, null);
    }

    private ConsentRecord record(String secret) {
        return record(choice(policy, secret)).join().record();
    }

    private CompletableFuture<Recorded> record(Choice choice) {
        return recorder.record(new PendingChoice(choice, policy));
    }

    private double counted(String reason) {
        return metrics.get("assent.erasures").tag("reason", reason).counter().count();
    }

    private boolean gaplessLog() throws SQLException {
        long size = database.number("select size from log_head");
        return database.numbers("select index from log_entry").equals(numbers(0, size - 1));
    }

    private byte[] entryAt(long index) throws SQLException {
        String hex =
                database.texts("select encode(entry, 'hex') from log_entry where index = " + index)
                        .getFirst();
        return java.util.HexFormat.of().parseHex(hex);
    }
}
