// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.TestDatabase;
import dev.assent.TestServers;
import dev.assent.site.PolicyVersion;
import dev.assent.web.Reach;
import io.micronaut.context.annotation.Property;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database lets the service erase: what a statement in the log says, and nothing else. */
@MicronautTest(transactional = false, startApplication = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EraseByStatementTest implements TestPropertyProvider {
    @Inject Recorder recorder;
    @Inject DataSource pool;

    @Property(name = "assent.database.url")
    String url;

    private TestDatabase database;
    private PolicyVersion policy;
    private ConsentRecord record;

    @Override
    public Map<String, String> getProperties() {
        return TestServers.properties();
    }

    @BeforeEach
    void publish() throws SQLException {
        database = new TestDatabase(url);
        policy = TestPolicy.publish(url, TestDatabase.siteKey());
        record();
        record();
        record = record();
    }

    private ConsentRecord record() {
        return recorder.record(new PendingChoice(TestChoice.reject(policy), policy))
                .join()
                .record();
    }

    @Test
    void statementInTheLog_erasesWhatItNamesOnce() throws SQLException {
        long statement = append(document("2", "3"));

        assertThat(erase(statement)).isEqualTo(2);
        assertThat(database.records(policy.siteId())).containsExactly(1L);
        assertThat(database.tombstones(policy.siteId())).containsExactly(2L, 3L);
        assertThat(
                        database.texts(
                                "select distinct reason || ' ' || (erased_at at time zone 'UTC') from"
                                        + " erasure_tombstone where statement_index = "
                                        + statement))
                .containsExactly("request 2026-11-21 10:00:03.48");

        assertThatThrownBy(() -> erase(statement)).hasMessageContaining("not there");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    more than there are | "last":2 | "last":4
                    none | "last":2 | "last":1
                    below the first | "first":2 | "first":0
                    unknown site | "site":"T | "site":"x
                    no site | "site": | "cite":
                    no first | "first":2, | ''
                    no last | "last":2, | ''
                    no time | "at":"2026-11-21T10:00:03.480Z", | ''
                    no reason | "reason":"request", | ''
                    unknown reason | request | boredom
                    unknown version | "v":1 | "v":2
                    a field more | "v":1 | "v":1,"w":1
                    a field twice | "v":1 | "v":1,"v":1
                    spaces | "v":1 | "v": 1
                    a fraction | "first":2 | "first":2.0
                    a text for a number | "first":2 | "first":"2"
                    no time of day | 2026-11-21T10:00:03.480Z | soon
                    not JSON | {" | "
                    """)
    void whatIsNoStatementOfRecordsThere_erasesNothing(String what, String good, String bad)
            throws SQLException {
        String document = document("2", "2");
        assertThat(document).contains(good);
        long statement = append(document.replace(good, bad));

        assertThatThrownBy(() -> erase(statement)).isInstanceOf(SQLException.class);
        assertThat(database.records(policy.siteId())).containsExactly(1L, 2L, 3L);
        assertThat(database.tombstones(policy.siteId())).isEmpty();
    }

    @Test
    void statementOfAnotherOrganization_erasesNothing() throws SQLException {
        long statement = append(document("2", "3"));
        long own =
                database.number("select organization_id from site where id = " + policy.siteId());

        assertThatThrownBy(() -> erase(Reach.organization(own + 1), statement))
                .hasMessageContaining("is no statement");
        assertThat(database.records(policy.siteId())).containsExactly(1L, 2L, 3L);
        assertThat(erase(Reach.organization(own), statement)).isEqualTo(2);
    }

    @Test
    void indexWithoutAStatement_erasesNothing() throws SQLException {
        long head = database.number("select size from log_head");

        for (long index : new long[] {record.index(), head, head + 1000, -1}) {
            assertThatThrownBy(() -> erase(index)).hasMessageContaining("no statement");
        }
        assertThatThrownBy(() -> execute("select erase_by_statement(null)"))
                .hasMessageContaining("no statement");
        assertThat(database.records(policy.siteId())).containsExactly(1L, 2L, 3L);
    }

    @Test
    void statementBeyondTheHead_erasesNothing() throws SQLException {
        long statement = append(document("2", "2"));
        database.execute("update log_head set size = size - 1");

        assertThatThrownBy(() -> erase(statement)).hasMessageContaining("no statement");
        database.execute("update log_head set size = size + 1");
    }

    @Test
    void documentOfAnotherEntry_erasesNothing() throws SQLException {
        long ofAnotherKind = append(document("2", "2"), "04", document("2", "2"));
        long ofAnotherHash = append(document("2", "2"), "03", document("3", "3"));

        for (long index : new long[] {ofAnotherKind, ofAnotherHash}) {
            assertThatThrownBy(() -> erase(index)).hasMessageContaining("no statement");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from consent_record",
                "insert into erasure_tombstone select site_id, seq, log_index, 'request', now(),"
                        + " log_index from consent_record",
                "delete from erasure_tombstone",
                "delete from log_statement",
                "update log_statement set document = ''",
                "alter function erase_by_statement owner to current_user",
                "create or replace function erase_by_statement(statement bigint) returns bigint"
                        + " language sql as 'select 1::bigint'"
            })
    void service_hasNoOtherWay(String sql) {
        assertThatThrownBy(() -> execute(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    @Test
    void tablesOfTheCallersOwn_areNotMistakenForOurs() throws SQLException {
        try (Connection connection = service();
                Statement statement = connection.createStatement()) {
            // In a transaction that is given up: the connection goes back to the pool.
            connection.setAutoCommit(false);
            statement.execute("create temporary table log_head (size bigint)");
            statement.execute("insert into log_head values (1000000)");
            statement.execute("create temporary table log_entry (index bigint, entry bytea)");
            statement.execute(
                    "create temporary table log_statement (log_index bigint, document bytea)");
            statement.execute(
                    "insert into log_statement values (900000, convert_to('%s', 'UTF8'))"
                            .formatted(document("1", "3")));
            statement.execute(
                    "insert into log_entry select log_index, decode('03', 'hex') || sha256(document)"
                            + " from log_statement");
            assertThatThrownBy(() -> statement.execute("select erase_by_statement(900000)"))
                    .hasMessageContaining("no statement");
        }
    }

    @Test
    void nobodyElse_mayErase() throws SQLException {
        assertThat(
                        database.texts(
                                "select has_function_privilege('public',"
                                        + " 'erase_by_statement(bigint)', 'execute')"))
                .containsExactly("f");
    }

    private String document(String first, String last) {
        return ("{\"at\":\"2026-11-21T10:00:03.480Z\",\"first\":%s,\"last\":%s,"
                        + "\"reason\":\"request\",\"site\":\"%s\",\"v\":1}")
                .formatted(first, last, policy.siteKey());
    }

    private long append(String document) throws SQLException {
        return append(document, "03", document);
    }

    /** As the service may, whatever the document says. */
    private long append(String document, String type, String hashed) throws SQLException {
        String sql =
                """
                with head as (
                    update log_head set size = size + 1 returning size - 1 as index),
                entry as (
                    insert into log_entry
                    select index, decode(?, 'hex') || sha256(convert_to(?, 'UTF8')) from head
                    returning index)
                insert into log_statement
                select index, convert_to(?, 'UTF8') from entry
                returning log_index
                """;
        try (Connection connection = service();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, type);
            statement.setString(2, hashed);
            statement.setString(3, document);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private long erase(long statementIndex) throws SQLException {
        return erase(Reach.PUBLIC, statementIndex);
    }

    private long erase(Reach reach, long statementIndex) throws SQLException {
        try (Connection connection = service();
                PreparedStatement statement =
                        connection.prepareStatement("select erase_by_statement(?)")) {
            connection.setAutoCommit(false);
            reach.enter(connection);
            statement.setLong(1, statementIndex);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long count = row.getLong(1);
                connection.commit();
                return count;
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = service();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A connection as the service has it: under its own role. */
    private Connection service() throws SQLException {
        return DelegatingDataSource.unwrapDataSource(pool).getConnection();
    }
}
