// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.consent.TestChoice;
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

    private static final String STRANGERS_KEY = "the-key-of-the-strangers-0123456789-0123";

    private static final String STRANGERS =
            """
            with stranger as (
                insert into organization (name, created_at) values ('Strangers', now())
                returning id),
            key as (
                insert into api_key (organization_id, name, hash, scopes, created_at)
                select id, 'key', decode('HASH', 'hex'),
                    '{sites,policies,records,export,organization}', now()
                from stranger),
            person as (
                insert into operator (email, name, password_hash, created_at)
                values ('sam@example.com', 'Sam', '$argon2id$', now())
                returning id),
            member as (
                insert into membership (organization_id, operator_id, role, created_at)
                select g.id, p.id, 'owner', now()
                from person p, (select id from stranger union all
                    select min(id) from organization) g),
            asked as (
                insert into invitation (
                    organization_id, email, role, invited_by, created_at, expires_at)
                select g.id, 'x@example.com', 'editor', p.id, now(), now()
                from person p, (select id from stranger union all
                    select min(id) from organization) g)
            select id from stranger
            """;

    /**
     * Of the site that is named by its key; and an event of its organization, logged and waiting.
     */
    private static final String WATCHED =
            """
            with hook as (
                insert into webhook (organization_id, site_id, url, types, secret, created_at,
                    seen_seq, seen_index, paused_at, paused_why)
                select organization_id, id, 'https://x.example/', '{consent.recorded}',
                    decode(repeat('00', 60), 'hex'), now(), 0, 0, now(), 'operator'
                from site where site_key = 'SITE'
                returning id, organization_id),
            sent as (
                insert into webhook_delivery (organization_id, webhook_id, message_id, type, body,
                    state, attempts, next_at, created_at, answer)
                select organization_id, id, gen_random_uuid(), 'webhook.test', '', 'failed', 0,
                    now(), now(), ''
                from hook),
            logged as (
                insert into operator_event_entry (event_id, organization_id, salt, document,
                    log_index)
                select min(id), organization_id, sha256('x'), '{}', 0
                from operator_event
                where organization_id = (select organization_id from hook)
                group by organization_id)
            select id from hook
            """;

    private static final String COUNTED =
            """
            with shown as (
                insert into shown_count
                select id, current_date, 1, 'en', 'mobile', 1 from site where site_key = 'KEY')
            insert into undeclared_tracker
            select id, 'cookie', 'x', current_date, current_date, 1 from site where site_key = 'KEY'
            returning 1
            """;

    /** A link into the first site of each organization, and a session that it has opened. */
    private static final String LINKS =
            """
            with link as (
                insert into share_link (
                    organization_id, site_id, hash, label, made_by, created_at, expires_at)
                select distinct on (s.organization_id) s.organization_id, s.id,
                    sha256(s.site_key::bytea), 'x', m.operator_id, now(), now() + interval '1 day'
                from site s join membership m on m.organization_id = s.organization_id
                returning id, organization_id, hash)
            insert into share_session (hash, link_id, organization_id, created_at, expires_at)
            select sha256(hash), id, organization_id, now(), now() + interval '1 hour' from link
            returning 1
            """;

    @Inject EmbeddedServer server;
    @Inject DataSource pool;

    private final String url = TestServers.newDatabase();
    private TestRows rows;
    private long ours;
    private long strangers;
    private long empty;
    private TestSite site;
    private String record;

    @Override
    public Map<String, String> getProperties() {
        Map<String, String> properties = TestServers.properties(url);
        properties.put("assent.admin-key", TestApi.ADMIN_KEY);
        properties.put("assent.trail-interval", "1h");
        return properties;
    }

    /**
     * Both have one of everything, but for what the second has no page for; a third has nothing.
     */
    @BeforeAll
    void fill() throws SQLException {
        rows = new TestRows(pool, url);
        ours = rows.number("select min(id) from organization");
        String hash = Hash.of(STRANGERS_KEY.getBytes(UTF_8)).hex();
        strangers = rows.number(STRANGERS.replace("HASH", hash));
        empty =
                rows.number(
                        "insert into organization (name, created_at) values ('Empty', now())"
                                + " returning id");
        site = TestSite.publish(server.getURI());
        rows.number(COUNTED.replace("KEY", site.siteKey()));
        record = choose();
        String erased = choose();
        assertThat(api().get(admin() + "/statistics").status()).isEqualTo(200);
        assertThat(api().send("DELETE", admin() + "/consents/" + erased, null).status())
                .isEqualTo(204);
        assertThat(api().post("/v1/admin/keys", "{\"name\":\"a\",\"scopes\":[\"sites\"]}").status())
                .isEqualTo(201);
        assertThat(
                        theirs().post(
                                        "/v1/admin/sites",
                                        "{\"name\":\"S\",\"origins\":[\"https://s.example\"]}")
                                .status())
                .isEqualTo(201);
        assertThat(rows.number(WATCHED.replace("SITE", site.siteKey()))).isPositive();
        assertThat(rows.number(LINKS)).isOne();
    }

    @ParameterizedTest
    @FieldSource("TABLES")
    void table_showsEachOrganizationItsOwn(String table) throws SQLException {
        long all = rows.number("select count(*) from " + table);
        long mine = rows.count(Reach.organization(ours), table);
        long others = rows.count(Reach.organization(strangers), table);

        assertThat(mine).isPositive();
        assertThat(mine + others).isEqualTo(all);
        assertThat(rows.count(Reach.organization(empty), table)).isZero();
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
            String row = rows.text("select to_json(t)::text from " + table + " t limit 1");
            String copy =
                    "insert into %s overriding system value select (json_populate_record(null::%s, '%s')).*"
                            .formatted(table, table, row.replace("'", "''"));
            assertThatThrownBy(() -> rows.touch(Reach.organization(empty), copy))
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
        String hash = Hash.of(STRANGERS_KEY.getBytes(UTF_8)).hex();

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
            assertThat(site.http().send("GET", "/v1/consents/" + record, "").statusCode())
                    .isEqualTo(200);
            choose();
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
        assertThat(theirs().send("DELETE", admin() + "/consents/" + record, null).status())
                .isEqualTo(404);
        assertThat(theirs().send("DELETE", admin(), null).status()).isEqualTo(404);
        assertThat(theirs().get("/v1/admin/sites").body()).doesNotContain(site.siteKey());
        assertThat(api().get(admin() + "/consents").body()).contains(record);
    }

    private String choose() {
        String id = TestChoice.id().toString();
        assertThat(site.send(TestChoice.json(site, id)).statusCode()).isEqualTo(201);
        return id;
    }

    private TestApi api() {
        return TestApi.of(server.getURI());
    }

    private TestApi theirs() {
        return api().withKey(STRANGERS_KEY);
    }

    private String admin() {
        return "/v1/admin/sites/" + site.siteKey();
    }

    private long touched(String sql) throws SQLException {
        return touched(Reach.organization(empty), sql);
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
