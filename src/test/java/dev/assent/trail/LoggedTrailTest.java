// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestDatabase;
import dev.assent.TestServers;
import dev.assent.account.Refusal;
import dev.assent.account.SignedIn;
import dev.assent.account.TestOwner;
import dev.assent.account.Trail;
import dev.assent.evidence.EvidenceCheck;
import dev.assent.log.Findings;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.EventProof;
import dev.assent.receipt.VerifyCommand;
import dev.assent.web.ProblemException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators did, in the log: committed to, proven, and not to be rewritten. */
class LoggedTrailTest {
    private static EmbeddedServer server;
    private static TestDatabase database;
    private static LoggedTrail logged;
    private static Trail trail;
    private static SignedIn me;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws SQLException {
        Map<String, Object> properties = new HashMap<>(TestApi.properties());
        properties.put("assent.trail-interval", "50ms");
        database =
                new TestDatabase(
                        Objects.requireNonNull(properties.get("assent.database.url")).toString());
        server = ApplicationContext.run(EmbeddedServer.class, properties);
        ApplicationContext context = server.getApplicationContext();
        me = TestOwner.setUp(server, database);
        logged = context.getBean(LoggedTrail.class);
        trail = context.getBean(Trail.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void event_isLoggedSoon_andVerifiedOffline() throws Exception {
        trail.note(me, "site-changed", "a \u202e name <b>, 😀");
        EventProof proof = proof(newest());
        String json = CanonicalJson.writeText(proof.json());
        assertThat(json).contains("olive@example.com", "Olive Owner", "site-changed");

        assertThat(verify(json)).isZero();
        assertThat(verify(json, "--vkey", proof.vkey())).isZero();
        assertThat(verify(json.replace("site-changed", "site-removed"))).isEqualTo(1);
        assertThat(verify(json.replace("olive@", "other@"))).isEqualTo(1);
        assertThat(verify(json.replace("\"event\":\"operator\"", "\"event\":\"log-opened\"")))
                .isEqualTo(1);
        String salt = json.replaceAll(".*\"salt\":\"([^\"]+)\".*", "$1");
        assertThat(verify(json.replace(salt, "A".repeat(43) + "="))).isEqualTo(1);
        trail.note(me, "site-changed", "another");
        String other = CanonicalJson.writeText(proof(newest()).json());
        String otherEntry =
                other.replaceAll(".*(\"entry\":\\{.*\\}),\"event\":\\{\"action.*", "$1");
        String entry = json.replaceAll(".*(\"entry\":\\{.*\\}),\"event\":\\{\"action.*", "$1");
        assertThat(entry).contains("commitment").isNotEqualTo(otherEntry);
        assertThat(verify(json.replace(entry, otherEntry))).isEqualTo(1);
    }

    @Test
    void log_saysNothingOfWhoOrWhat() {
        trail.note(me, "secret-thing", "nobody’s business");
        TrailEvent event = newest();
        proof(event);

        String statement =
                new Http(server.getURI()).get("/log/statement/" + event.logIndex()).body();

        assertThat(statement)
                .matches(
                        "\\{\"at\":\"[^\"]+\",\"commitment\":\"[0-9a-f]{64}\",\"event\":\"operator\",\"v\":1}")
                .doesNotContain("secret", "olive");
    }

    @Test
    void many_areLoggedInOrder() {
        int many = TrailLog.A_BATCH + 50;
        for (int i = 0; i < many; i++) {
            trail.note(me, "counted", "number " + i);
        }
        newest();
        List<TrailEvent> events =
                logged.list(me, new TrailQuery("", "counted", ""), Long.MAX_VALUE, many);
        assertThat(events).hasSize(many);
        List<Long> indexes = events.stream().map(TrailEvent::logIndex).toList();
        assertThat(indexes).doesNotContainNull().isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void search_findsByWhoActionAndDay() {
        trail.note(me, "searched-for", "x");
        String today = LocalDate.ofInstant(newest().at(), ZoneOffset.UTC).toString();
        assertThat(found("olive@ex", "searched-for", today)).isEqualTo(1);
        assertThat(found("OLIVE OWN", "searched-for", "")).isEqualTo(1);
        assertThat(found("", "searched-for", "")).isEqualTo(1);
        assertThat(found("%", "searched-for", "")).isZero();
        assertThat(found("nobody", "searched-for", "")).isZero();
        assertThat(found("", "searched-for", "2020-01-01")).isZero();
        assertThat(logged.actions(me)).contains("searched-for", "organization-set-up");
    }

    @ParameterizedTest
    @CsvSource({
        "'',x y,",
        "'',';drop',",
        "'','',yesterday",
        "'','',2026-02-30",
        "'','',+999999-01-01"
    })
    void faultyQuery_isRefused(String who, String action, String day) {
        var query = new TrailQuery(who, action, day == null ? "" : day);
        assertThatThrownBy(() -> logged.list(me, query, Long.MAX_VALUE, 1))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void foreignEvent_isNotThere() {
        trail.note(me, "mine", "");
        long id = newest().id();
        SignedIn stranger = TestOwner.of(me.operatorId(), me.organizationId() + 1);
        assertThatThrownBy(() -> logged.prove(stranger, id)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> logged.prove(me, id + 1_000_000))
                .isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "update operator_event set subject = 'x'",
        "delete from operator_event",
        "update operator_event_entry set salt = salt",
        "delete from operator_event_entry",
        "truncate operator_event_entry",
        "truncate operator_event cascade"
    })
    void owner_mayNotRewrite(String statement) {
        assertThatThrownBy(() -> database.execute(statement)).hasMessageContaining("append-only");
    }

    @Test
    void fsck_noticesWhatARuthlessOwnerDid() throws SQLException {
        trail.note(me, "noticed", "before");
        long id = newest().id();
        assertThat(faults("select 1")).isEmpty();
        assertThat(faults("update operator_event set subject = 'after' where id = " + id))
                .singleElement()
                .asString()
                .contains("says otherwise than its columns");
        assertThat(
                        faults(
                                "update operator_event_entry set salt = sha256('x') where event_id = "
                                        + id))
                .singleElement()
                .asString()
                .contains("does not commit");
        assertThat(faults("delete from operator_event_entry where event_id = " + id))
                .singleElement()
                .asString()
                .contains("not stored any more");
    }

    private static List<String> faults(String tampering) throws SQLException {
        try (Connection connection = TestServers.connect(database.url());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local session_replication_role = replica");
            statement.execute(tampering);
            var findings = new Findings();
            new EvidenceCheck(connection, findings, done -> {}).run();
            connection.rollback();
            return findings.faults();
        }
    }

    private static long found(String who, String action, String day) {
        return logged.list(me, new TrailQuery(who, action, day), Long.MAX_VALUE, 100).size();
    }

    /** The newest event, once it is logged. */
    private static TrailEvent newest() {
        await().until(() -> first().logIndex() != null);
        return first();
    }

    private static TrailEvent first() {
        return logged.list(me, new TrailQuery("", "", ""), Long.MAX_VALUE, 1).getFirst();
    }

    private static EventProof proof(TrailEvent event) {
        await().until(() -> logged.prove(me, event.id()).isPresent());
        return logged.prove(me, event.id()).orElseThrow();
    }

    private int verify(String json, String... more) throws IOException {
        Path file = folder.resolve("event.json");
        Files.writeString(file, json);
        var arguments = new java.util.ArrayList<>(List.of(more));
        arguments.add(file.toString());
        var out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        return new VerifyCommand(out, out).run(arguments.toArray(String[]::new));
    }
}
