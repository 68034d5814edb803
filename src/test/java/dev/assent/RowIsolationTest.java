// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.merkle.Hash;
import dev.assent.web.Reach;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A forgotten "where" shows nothing of another organization, and touches nothing of it. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowIsolationTest implements TestPropertyProvider {
    /** Tables whose rows belong to an organization; {@link MigrationsTest} keeps this complete. */
    static final List<String> TABLES =
            List.of(
                    "api_key",
                    "choice_count",
                    "consent_record",
                    "counted_sequence",
                    "erasure_tombstone",
                    "handover",
                    "invitation",
                    "membership",
                    "operator_event",
                    "operator_event_entry",
                    "operator_event_waiting",
                    "policy_draft",
                    "policy_version",
                    "purpose_count",
                    "share_link",
                    "share_session",
                    "shown_count",
                    "site",
                    "site_script",
                    "site_sequence",
                    "undeclared_tracker",
                    "webhook",
                    "webhook_delivery");

    @Inject EmbeddedServer server;
    @Inject DataSource pool;

    private final TestDatabase database = new TestDatabase(TestServers.newDatabase());
    private TestRows rows;
    private TwoOrganizations two;

    @Override
    public Map<String, String> getProperties() {
        Map<String, String> properties = TestServers.properties(database.url());
        properties.put("assent.admin-key", TestApi.ADMIN_KEY);
        properties.put("assent.trail-interval", "1h");
        return properties;
    }

    @BeforeAll
    void fill() throws SQLException {
        rows = new TestRows(pool, database);
        two = TwoOrganizations.fill(server.getURI(), database);
    }

    @ParameterizedTest
    @FieldSource("TABLES")
    void table_showsEachOrganizationItsOwn(String table) throws SQLException {
        long all = database.number("select count(*) from " + table);
        long mine = rows.count(Reach.organization(two.ours()), table);
        long others = rows.count(Reach.organization(two.strangers()), table);

        assertThat(mine).isPositive();
        assertThat(mine + others).isEqualTo(all);
        assertThat(rows.count(Reach.organization(two.empty()), table)).isZero();
        assertThat(rows.count(null, table)).isZero();
    }

    @Test
    void statementsWithoutWhere_touchNothingOfOthers() throws SQLException {
        for (String table : TABLES) {
            assertThat(touched("delete from " + table)).as(table).isZero();
            for (String column : rows.changeable(table)) {
                assertThat(touched("update %s set %s = %s".formatted(table, column, column)))
                        .as(table + "." + column)
                        .isZero();
            }
        }
    }

    @Test
    void rowsOfOthers_cannotBeInserted() throws SQLException {
        for (String table : TABLES) {
            String row = database.text("select to_json(t)::text from " + table + " t limit 1");
            String copy =
                    "insert into %s overriding system value select (json_populate_record(null::%s, '%s')).*"
                            .formatted(table, table, row.replace("'", "''"));
            assertThatThrownBy(() -> rows.touch(Reach.organization(two.empty()), copy))
                    .as(table)
                    .hasMessageMatching("(?s).*(row-level security|permission denied).*");
        }
    }

    @Test
    void publicReach_showsWhatVisitorsNeed() throws SQLException {
        for (String table : List.of("site", "policy_version", "site_script", "consent_record")) {
            assertThat(rows.count(Reach.PUBLIC, table)).as(table).isPositive();
        }
        for (String table :
                List.of(
                        "api_key",
                        "choice_count",
                        "policy_draft",
                        "purpose_count",
                        "shown_count",
                        "undeclared_tracker",
                        "erasure_tombstone",
                        "handover",
                        "membership",
                        "invitation",
                        "operator_event",
                        "operator_event_entry",
                        "operator_event_waiting",
                        "webhook",
                        "webhook_delivery",
                        "share_link",
                        "share_session")) {
            assertThat(rows.count(Reach.PUBLIC, table)).as(table).isZero();
        }
    }

    /** Visitors' hot paths pay for their own policy only: the sites' would cost more. */
    @Test
    void publicReach_isAskedForFirst() throws SQLException {
        for (String table :
                List.of("consent_record", "site_sequence", "policy_version", "site_script")) {
            String plan = rows.explain(Reach.PUBLIC, "select from " + table);

            assertThat(plan).as(table).contains("rows=", "never executed");
        }
    }

    @Test
    void publicReach_changesNoSite() throws SQLException {
        for (String sql :
                List.of("update site set name = 'x'", "update site set removed_at = now()")) {
            assertThat(touched(Reach.PUBLIC, sql)).as(sql).isZero();
        }
    }

    @Test
    void keyByItsHash_isThatKeyAlone() throws SQLException {
        String hash = Hash.of(TwoOrganizations.STRANGERS_KEY.getBytes(UTF_8)).hex();

        assertThat(rows.count(Reach.key(hash), "api_key")).isOne();
        assertThat(rows.count(Reach.key(hash), "site")).isZero();
    }

    @Test
    void reach_endsWithItsTransaction() throws SQLException {
        try (Connection connection = rows.service()) {
            connection.setAutoCommit(false);
            Reach.PUBLIC.enter(connection);
            connection.commit();
            connection.setAutoCommit(true);
            try (var row = connection.createStatement().executeQuery("select count(*) from site")) {
                row.next();
                assertThat(row.getLong(1)).isZero();
            }
        }
    }

    /** What the pool hands out after all kinds of requests were answered. */
    @Test
    void connectionsOfThePool_haveNoReachLeft() throws SQLException {
        for (int i = 0; i < 20; i++) {
            assertThat(api().get(admin() + "/consents").status()).isEqualTo(200);
            assertThat(
                            two.site()
                                    .http()
                                    .send("GET", "/v1/consents/" + two.record(), "")
                                    .statusCode())
                    .isEqualTo(200);
            two.choose();
        }
        var open = new ArrayList<Connection>();
        try {
            for (int i = 0; i < 8; i++) {
                Connection connection = rows.service();
                open.add(connection);
                try (var row =
                        connection
                                .createStatement()
                                .executeQuery("select count(*) from consent_record")) {
                    row.next();
                    assertThat(row.getLong(1)).isZero();
                }
            }
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
    }

    @Test
    void foreignKey_findsNothingOfOthers() {
        for (String path :
                List.of(
                        "",
                        "/draft",
                        "/policies",
                        "/policies/1",
                        "/policies/1/diff/1",
                        "/consents",
                        "/statistics",
                        "/export")) {
            assertThat(theirs().get(admin() + path).status()).as(path).isEqualTo(404);
        }
        assertThat(theirs().send("DELETE", admin() + "/consents/" + two.record(), null).status())
                .isEqualTo(404);
        assertThat(theirs().send("DELETE", admin(), null).status()).isEqualTo(404);
        assertThat(theirs().get("/v1/admin/sites").body()).doesNotContain(two.site().siteKey());
        assertThat(api().get(admin() + "/consents").body()).contains(two.record());
    }

    private TestApi api() {
        return TestApi.of(server.getURI());
    }

    private TestApi theirs() {
        return api().withKey(TwoOrganizations.STRANGERS_KEY);
    }

    private String admin() {
        return "/v1/admin/sites/" + two.site().siteKey();
    }

    private long touched(String sql) throws SQLException {
        return touched(Reach.organization(two.empty()), sql);
    }

    /** How many rows; 0 where the service may not at all. */
    private long touched(Reach reach, String sql) throws SQLException {
        try {
            return rows.touch(reach, sql);
        } catch (SQLException e) {
            assertThat((Throwable) e).hasMessageContaining("permission denied");
            return 0;
        }
    }
}
