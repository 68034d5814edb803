// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.TestDatabase;
import dev.assent.TestServers;
import dev.assent.site.PolicyVersion;
import dev.assent.web.ProblemException;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@MicronautTest(transactional = false, startApplication = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecorderTest implements TestPropertyProvider {
    @Inject Recorder recorder;
    @Inject ConsentRecords records;

    @Property(name = "assent.database.url")
    String url;

    private TestDatabase database;
    private PolicyVersion policy;

    @Override
    public Map<String, String> getProperties() {
        return TestServers.properties();
    }

    @BeforeEach
    void publish() throws SQLException {
        database = new TestDatabase(url);
        policy = TestPolicy.publish(url, TestDatabase.siteKey());
    }

    @Test
    void choice_becomesARecordWithItsPlaceInSiteAndLog() throws Exception {
        Choice choice = TestChoice.reject(policy);

        Recorded recorded = record(choice).join();

        assertThat(recorded.isNew()).isTrue();
        assertThat(recorded.record().seq()).isEqualTo(1);
        var content = records.find(choice.id()).orElseThrow().content();
        assertThat(content.keys())
                .containsExactly(
                        "action",
                        "choices",
                        "expiresAt",
                        "id",
                        "language",
                        "late",
                        "layout",
                        "occurredAt",
                        "policy",
                        "recordedAt",
                        "ruleset",
                        "seq",
                        "site",
                        "source",
                        "subject",
                        "v");
        assertThat(content.object("choices").members().toString())
                .contains("analytics=Bool[value=false]", "session=Bool[value=true]");
        assertThat(content.text("subject"))
                .isEqualTo(choice.subject(policy.siteKey()))
                .hasSize(22)
                .doesNotContain(choice.secret());
        assertThat(entryAt(recorded.record().index())).isEqualTo(recorded.record().entry().bytes());
    }

    @Test
    void sameChoice_isRecordedOnceAndAnsweredAlike() throws SQLException {
        Choice choice = TestChoice.reject(policy);

        var answers = IntStream.range(0, 200).mapToObj(i -> record(choice)).toList();

        assertThat(answers).extracting(a -> a.join().record().seq()).containsOnly(1L);
        assertThat(answers).filteredOn(a -> a.join().isNew()).hasSize(1);
        assertThat(record(choice).join().isNew()).isFalse();
        assertThat(count("consent_record where site_id = " + policy.siteId())).isEqualTo(1);
    }

    @Test
    void sameIdForAnotherChoice_isAConflict() {
        Choice first = TestChoice.reject(policy);
        record(first).join();

        Choice other = TestChoice.choice(policy, first.id(), first.secret(), true, null);
        Choice stranger = TestChoice.choice(policy, first.id(), TestChoice.secret(), false, null);

        for (Choice reused : List.of(other, stranger)) {
            assertThatThrownBy(() -> record(reused).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().type()).endsWith("/consent-id-reused"));
        }
    }

    @Test
    void manyAtOnce_leaveNoGapInSiteOrLog() throws SQLException {
        PolicyVersion neighbour = TestPolicy.publish(url, TestDatabase.siteKey());
        var answers = new ArrayList<CompletableFuture<Recorded>>();
        for (int i = 0; i < 1500; i++) {
            PolicyVersion one = i % 3 == 0 ? neighbour : policy;
            answers.add(recorder.record(new PendingChoice(TestChoice.reject(one), one)));
        }
        answers.forEach(CompletableFuture::join);

        assertThat(numbers("seq from consent_record where site_id = " + policy.siteId()))
                .isEqualTo(LongStream.rangeClosed(1, 1000).boxed().toList());
        assertThat(numbers("seq from consent_record where site_id = " + neighbour.siteId()))
                .isEqualTo(LongStream.rangeClosed(1, 500).boxed().toList());
        long size = count("log_entry");
        assertThat(numbers("index from log_entry"))
                .isEqualTo(LongStream.range(0, size).boxed().toList());
        assertThat(numbers("size from log_head")).containsExactly(size);
    }

    @Test
    void previous_isTheCommitmentOfTheSameVisitorsRecordHere() throws Exception {
        String secret = TestChoice.secret();
        Choice first = TestChoice.choice(policy, TestChoice.id(), secret, true, null);
        Choice second = TestChoice.choice(policy, TestChoice.id(), secret, false, first.id());
        var both = List.of(record(first), record(second));

        String commitment =
                java.util.Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(both.getFirst().join().record().commitment().bytes());
        assertThat(both.getLast().join().record().content().text("previous")).isEqualTo(commitment);
    }

    @Test
    void previous_thatIsNotTheVisitorsOwn_isLeftOutWithoutAWord() throws Exception {
        PolicyVersion elsewhere = TestPolicy.publish(url, TestDatabase.siteKey());
        String secret = TestChoice.secret();
        Choice strangers = TestChoice.reject(policy);
        Choice ownElsewhere = TestChoice.choice(elsewhere, TestChoice.id(), secret, true, null);
        record(strangers).join();
        recorder.record(new PendingChoice(ownElsewhere, elsewhere)).join();

        for (UUID previous : List.of(strangers.id(), ownElsewhere.id(), TestChoice.id())) {
            Choice choice = TestChoice.choice(policy, TestChoice.id(), secret, false, previous);
            assertThat(record(choice).join().record().content().keys()).doesNotContain("previous");
        }
    }

    @Test
    void clock_isNeverAReasonToRefuse() throws Exception {
        for (String instant : List.of("0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z")) {
            Choice now = TestChoice.reject(policy);
            Choice off =
                    new Choice(
                            now.id(),
                            1,
                            now.policySha256(),
                            now.choices(),
                            now.action(),
                            now.source(),
                            now.language(),
                            now.layout(),
                            java.time.Instant.parse(instant),
                            now.secret(),
                            null);
            assertThat(record(off).join().record().content().bool("late")).isTrue();
        }
    }

    @Test
    void failingStatement_failsItsOwnChoiceAndNoOther() throws SQLException {
        Choice poison = TestChoice.reject(policy);
        database.execute(
                "alter table consent_record add constraint poison check (id <> '"
                        + poison.id()
                        + "')");
        var before = record(TestChoice.reject(policy));
        var failed = record(poison);
        var after = record(TestChoice.reject(policy));

        assertThatThrownBy(failed::join)
                .satisfies(e ->
                        assertThat(org.assertj.core.util.Throwables.getStackTrace(e))
                                .contains("poison")
                                .doesNotContain("Failing row"));
        assertThat(before.join().record().seq()).isEqualTo(1);
        assertThat(after.join().record().seq()).isEqualTo(2);

        database.execute("alter table consent_record drop constraint poison");
        assertThat(record(poison).join().record().seq()).isEqualTo(3);
    }

    @Test
    void brokenTables_failWhatMeetsThemAndNothingLater() throws SQLException {
        database.execute("alter table log_head rename to log_head_hidden");
        assertThatThrownBy(() -> record(TestChoice.reject(policy)).join())
                .isInstanceOf(CompletionException.class);
        database.execute("alter table log_head_hidden rename to log_head");

        assertThat(record(TestChoice.reject(policy)).join().isNew()).isTrue();
    }

    private CompletableFuture<Recorded> record(Choice choice) {
        return recorder.record(new PendingChoice(choice, policy));
    }

    private byte[] entryAt(long index) throws SQLException {
        try (Connection connection = TestServers.connect(url);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select entry from log_entry where index = " + index)) {
            row.next();
            return row.getBytes(1);
        }
    }

    private long count(String from) throws SQLException {
        return database.number("select count(*) from " + from);
    }

    private List<Long> numbers(String columnAndTable) throws SQLException {
        return database.numbers("select " + columnAndTable);
    }
}
