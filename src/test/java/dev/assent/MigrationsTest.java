// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.annotation.Property;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationsTest implements TestPropertyProvider {
    @Inject DataSource database;

    @Property(name = "assent.database.url")
    String url;

    @Override
    public Map<String, String> getProperties() {
        return TestServers.properties();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update consent_record set action = 'save'",
                "delete from consent_record",
                "truncate consent_record",
                "update log_entry set entry = entry",
                "delete from log_entry",
                "delete from log_head",
                "update policy_version set reason = 'another'",
                "delete from artefact",
                "update site_script set brotli = ''",
                "delete from erasure_tombstone",
                "delete from site",
                "update operator_event set action = 'another'",
                "delete from operator_event",
                "update operator_event_entry set salt = salt",
                "delete from operator_event_entry",
                "insert into operator_event_waiting values (1, 1)",
                "delete from operator",
                "update one_time_link set expires_at = now()",
                "create table mine (id int)",
                "drop trigger log_entry_is_append_only on log_entry"
            })
    void service_mayNotRewriteEvidence(String statement) {
        assertThatThrownBy(() -> execute(service(), statement))
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update log_entry set entry = entry",
                "delete from log_entry",
                "truncate consent_record cascade",
                "update consent_record set action = 'save'",
                "delete from artefact",
                "update policy_version set reason = 'another'",
                "delete from operator_event",
                "truncate operator_event cascade",
                "delete from operator_event_entry",
                "update operator_event_entry set salt = salt"
            })
    void owner_isToldThatTablesAreAppendOnly(String statement) {
        assertThatThrownBy(() -> execute(TestServers.connect(url), statement))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("append-only");
    }

    @Test
    void artefact_underAWrongNameIsRefused() {
        assertThatThrownBy(
                        () -> execute(service(), "insert into artefact values (sha256('a'), 'b')"))
                .hasMessageContaining("check constraint");
    }

    @Test
    void everyForeignKey_hasAnIndex() throws SQLException {
        String sql =
                """
                select c.conrelid::regclass || '.' || c.conname
                from pg_constraint c
                where c.contype = 'f'
                  and c.connamespace = 'public'::regnamespace
                  and not exists (
                      select from pg_index i
                      where i.indrelid = c.conrelid
                        and (i.indkey::smallint[])[0:cardinality(c.conkey) - 1] @> c.conkey)
                """;
        assertThat(new TestDatabase(url).texts(sql)).isEmpty();
    }

    /** A new table belongs into one of the two lists: into this one only with a reason. */
    @Test
    void everyTableOfOrganizations_isIsolated() throws SQLException {
        assertThat(tables("relrowsecurity")).containsExactlyElementsOf(RowIsolationTest.TABLES);
        assertThat(tables("not relrowsecurity"))
                .containsExactly(
                        // The public document of a version, and code: found by hash by anybody.
                        "artefact",
                        // A person's, who may belong to several organizations.
                        "backup_code",
                        // The log, which is public.
                        "checkpoint",
                        "checkpoint_cosignature",
                        "flyway_schema_history",
                        "log_entry",
                        "log_head",
                        "log_key",
                        "log_statement",
                        "log_tile",
                        // Found by the hash of a secret, before it is known whose it is.
                        "one_time_link",
                        // A person's.
                        "operator",
                        // Found by the hash of a secret, or a person's own.
                        "operator_session",
                        // Its name alone.
                        "organization",
                        // A person's.
                        "second_factor",
                        // Hashes of what strangers typed.
                        "sign_in_delay",
                        "widget_build");
    }

    /** One that leads to an organization by its keys is in the second list for its reason alone. */
    @Test
    void tablesThatLeadToAnOrganization_areIsolated() throws SQLException {
        String leads =
                """
                not relrowsecurity and oid in (
                    with recursive theirs (table_id) as (
                        select 'organization'::regclass::oid
                        union
                        select conrelid
                        from pg_constraint join theirs on confrelid = table_id
                        where contype = 'f')
                    select table_id from theirs)
                """;

        assertThat(tables(leads))
                .containsExactly("one_time_link", "operator_session", "organization");
    }

    /** Row-level security without a policy shows nothing; with a wrong one, perhaps everything. */
    @Test
    void isolatedTables_askForTheOrganization() throws SQLException {
        String asking =
                """
                exists (
                    select from pg_policy
                    where polrelid = pg_class.oid
                        and pg_get_expr(polqual, polrelid) ~ '= current_organization\\(\\)')
                """;

        assertThat(tables(asking)).containsExactlyElementsOf(RowIsolationTest.TABLES);
    }

    /** Who sees more than one organization's rows of a table: nobody else. */
    @Test
    void policiesForAnyOrganization_areKnown() throws SQLException {
        String open =
                """
                exists (
                    select from pg_policy
                    where polrelid = pg_class.oid
                        and concat(pg_get_expr(polqual, polrelid),
                            pg_get_expr(polwithcheck, polrelid)) !~ '= current_')
                """;

        assertThat(tables(open))
                .containsExactly(
                        "consent_record",
                        "counted_sequence",
                        "policy_version",
                        "site",
                        "site_script",
                        "site_sequence");
    }

    private List<String> tables(String condition) throws SQLException {
        String sql =
                "select relname from pg_class where relkind in ('r', 'p') and relnamespace ="
                        + " 'public'::regnamespace and "
                        + condition
                        + " order by relname collate \"C\"";
        return new TestDatabase(url).texts(sql);
    }

    /** A function with its owner's rights is bound by no policy: each has to be thought about. */
    @Test
    void functionsWithTheirOwnersRights_areKnown() throws SQLException {
        String sql =
                "select string_agg(proname, ' ' order by proname) from pg_proc where prosecdef and pronamespace ="
                        + " 'public'::regnamespace";
        assertThat(new TestDatabase(url).text(sql))
                .isEqualTo(
                        "await_entry_of_event erase_by_statement forget_webhook_deliveries"
                                + " organizations_with_events_waiting webhooks_at_work");
    }

    @Test
    void serviceConnection_givesUpOnAServerThatHangs() throws SQLException {
        try (Connection connection = service()) {
            assertThat(connection.getNetworkTimeout()).isBetween(1, 15_000);
            assertThat(connection.getTransactionIsolation())
                    .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    /** A connection as the service has it: under its own role. */
    private Connection service() throws SQLException {
        return DelegatingDataSource.unwrapDataSource(database).getConnection();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
