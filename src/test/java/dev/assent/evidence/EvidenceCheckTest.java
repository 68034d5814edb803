// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestApi;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.consent.TestChoice;
import dev.assent.log.Findings;
import dev.assent.receipt.Entry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a real service has recorded, tampered with by the owner of the tables: each time in a
 * transaction that is rolled back. Only the first site has a record number 5.
 */
class EvidenceCheckTest {
    private static final String DATABASE = TestServers.newDatabase();
    private static final String OWN =
            "site_id = (select max(site_id) from consent_record where seq = 5)";

    private Connection connection;

    @BeforeAll
    static void record() throws SQLException {
        Map<String, Object> properties = new HashMap<>(TestServers.properties(DATABASE));
        properties.put("assent.admin-key", TestApi.ADMIN_KEY);
        // What operators do is logged late: not before the service has ended.
        properties.put("assent.trail-interval", "1h");
        try (EmbeddedServer service = ApplicationContext.run(EmbeddedServer.class, properties)) {
            TestSite first = TestSite.publish(service.getURI());
            TestSite second = TestSite.publish(service.getURI());
            String visitor = TestChoice.secret();
            send(first, TestChoice.secret());
            send(first, visitor);
            send(first, visitor);
            for (int i = 0; i < 3; i++) {
                send(second, TestChoice.secret());
            }
            for (int i = 0; i < 4; i++) {
                send(first, TestChoice.secret());
            }
            erase(first, visitor);
            send(first, TestChoice.secret());
        }
    }

    private static void send(TestSite site, String secret) {
        String choice = TestChoice.json(site, TestChoice.id().toString(), secret);
        assertThat(site.send(choice).statusCode()).isEqualTo(201);
    }

    /** The records 2 and 3, by one statement. */
    private static void erase(TestSite site, String secret) {
        String body = "{\"site\":\"" + site.siteKey() + "\",\"secret\":\"" + secret + "\"}";
        var answer =
                site.http()
                        .send(
                                "POST",
                                "/v1/visitors/erase",
                                body,
                                "Origin",
                                TestSite.ORIGIN,
                                "Content-Type",
                                "text/plain");
        assertThat(answer.body()).contains("\"erased\":2");
    }

    @BeforeEach
    void open() throws SQLException {
        connection = TestServers.connect(DATABASE);
        connection.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void untouched_isFoundWhole() throws SQLException {
        var findings = new Findings();
        EvidenceCheck.Counts counts = new EvidenceCheck(connection, findings, done -> {}).run();
        assertThat(findings.faults()).isEmpty();
        assertThat(counts.entries())
                .isEqualTo(
                        Map.of(
                                Entry.Type.CONSENT_RECORD, 11L,
                                Entry.Type.ARTEFACT, 3L,
                                Entry.Type.ERASURE, 1L,
                                Entry.Type.LOG_EVENT, 1L));
        assertThat(counts.records()).isEqualTo(9);
        assertThat(counts.tombstones()).isEqualTo(2);
        assertThat(counts.policyVersions()).isEqualTo(3);
        assertThat(counts.artefacts()).isEqualTo(3);
        assertThat(counts.sites()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                // a record
                "update consent_record set salt = sha256('x') where seq = 5"
                        + " ~ does not commit to its record",
                "update consent_record set document = overlay(document placing 'X' from 20)"
                        + " where seq = 5 ~ does not commit to its record",
                "update consent_record set document = ' '::bytea || document where seq = 5;"
                        + " update log_entry set entry = decode('01', 'hex') ||"
                        + " sha256('assent/consent-record/v1\\012'::bytea || salt || document)"
                        + " from consent_record where seq = 5 and index = log_index"
                        + " ~ has a record of another form: not in canonical form",
                "update consent_record set document = 'x' where seq = 5"
                        + " ~ has a record of another form",
                "alter table consent_record drop constraint consent_record_salt_check;"
                        + " update consent_record set salt = 'x' where seq = 5"
                        + " ~ has a record of another form: a salt",
                "update consent_record set id = gen_random_uuid() where seq = 5 ~ [id]",
                "update consent_record set seq = 50 where seq = 5 ~ [seq]",
                "update consent_record set seq = 50 where seq = 5 ~ has number 50 of site",
                "update consent_record set site_id = 1 where seq = 5 ~ [site]",
                "update consent_record set site_id = 99 where seq = 5"
                        + " ~ belongs to a site that is not there",
                "update consent_record set policy_version = 2 where seq = 5 ~ [policy]",
                "update consent_record set policy_version = 2 where seq = 5"
                        + " ~ of a policy version that the log does not hold before it",
                "update consent_record set action = 'withdraw' where seq = 5 ~ [action]",
                "update consent_record set subject = substring(sha256('x') for 16) where seq = 5"
                        + " ~ [subject]",
                "update consent_record set recorded_at = recorded_at + interval '1 ms'"
                        + " where seq = 5 ~ [recordedAt]",
                "update consent_record set expires_at = expires_at + interval '1 day'"
                        + " where seq = 5 ~ [expiresAt]",
                "delete from consent_record where seq = 5 ~ stands for nothing that is stored",
                "delete from consent_record where seq = 5 ~ has number 6 of site",
                "delete from consent_record where seq = 8 ~ end at 7, and its counter stands at 8",
                "update consent_record set log_index = 999 where seq = 5"
                        + " ~ there is no entry 999, for which there is a row in consent_record",
                "alter table consent_record drop constraint consent_record_log_index;"
                        + " update consent_record set log_index = (select sum(log_index)"
                        + " from consent_record where seq in (5, 6)) - log_index where seq in (5, 6)"
                        + " ~ does not commit to its record",
                "alter table consent_record drop constraint consent_record_log_index;"
                        + " update consent_record set log_index = (select log_index"
                        + " from consent_record where seq = 6) where seq = 5"
                        + " ~ stands for 2 things at once",
                "update site_sequence set last_seq = 9 where last_seq = 8"
                        + " ~ end at 8, and its counter stands at 9",
                "delete from site_sequence ~ and its counter stands at 0",
                "update site set site_key = 'Abcdefghi9' where OWN ~ [site]",
                // an entry
                "update log_entry set entry = decode('01', 'hex') || sha256('x')"
                        + " where index = (select log_index from consent_record where seq = 5)"
                        + " ~ does not commit to its record",
                "update log_entry set entry = set_byte(entry, 0, 2)"
                        + " where index = (select log_index from consent_record where seq = 5)"
                        + " ~ is of another kind than its row in consent_record",
                "delete from log_entry"
                        + " where index = (select log_index from consent_record where seq = 5)"
                        + " ~ for which there is a row in consent_record",
                "alter table log_entry drop constraint log_entry_entry_check;"
                        + " update log_entry set entry = set_byte(entry, 0, 9) where index = 3"
                        + " ~ entry 3 is none",
                // an erasure
                "insert into erasure_tombstone select site_id, seq, log_index, 'request', now(),"
                        + " (select max(log_index) from log_statement) from consent_record"
                        + " where seq = 5 ~ stands for 2 things at once",
                "delete from erasure_tombstone where seq = 2 ~ stands for nothing that is stored",
                "delete from erasure_tombstone where seq = 2 ~ states 2 erasures, and 1 name it",
                "update erasure_tombstone set reason = 'retention' where seq = 2"
                        + " ~ of which its statement does not speak",
                "update erasure_tombstone set erased_at = now() where seq = 2"
                        + " ~ of which its statement does not speak",
                "update erasure_tombstone set seq = 4 where seq = 2"
                        + " ~ of which its statement does not speak",
                "update erasure_tombstone set statement_index = 0 where seq = 2"
                        + " ~ whose statement is not later than it",
                "update erasure_tombstone set statement_index = 0 where seq = 2"
                        + " ~ whose statement has another form",
                "update erasure_tombstone set statement_index = 999 where seq = 2"
                        + " ~ has a tombstone without a statement of erasure",
                "update log_statement set document = convert_to(replace(convert_from(document,"
                        + " 'UTF8'), '\"last\":3', '\"last\":4'), 'UTF8') where log_index > 0"
                        + " ~ states 3 erasures, and 2 name it",
                "update log_statement set document = convert_to(replace(convert_from(document,"
                        + " 'UTF8'), 'request', 'retention'), 'UTF8') where log_index > 0"
                        + " ~ is not over its statement",
                "update log_statement set document = 'x' where log_index > 0"
                        + " ~ has a statement of another form",
                "delete from log_statement where log_index > 0"
                        + " ~ stands for nothing that is stored",
                "update log_statement set document = document || ' '::bytea where log_index = 0"
                        + " ~ entry 0 is not over its statement",
                // a policy
                "update log_entry set entry = decode('02', 'hex') || sha256('x') where index = 1"
                        + " ~ entry 1 is not over its policy version's artefact",
                "update policy_version set version = 9 where log_index = 1"
                        + " ~ entry 1 has an artefact that says otherwise than its policy version",
                "update policy_version set effective_at = now() where log_index = 1"
                        + " ~ entry 1 has an artefact that says otherwise than its policy version",
                "update policy_version set sha256 = sha256('x') where log_index = 1"
                        + " ~ entry 1 has a policy version without an artefact",
                "delete from policy_version where log_index = 1"
                        + " ~ entry 1 stands for nothing that is stored",
                "delete from artefact ~ entry 1 has a policy version without an artefact",
                "alter table artefact drop constraint artefact_check;"
                        + " update artefact set document = document || ' '::bytea"
                        + " ~ entry 1 has an artefact of another hash",
                "alter table artefact drop constraint artefact_check;"
                        + " update artefact set document = document || ' '::bytea"
                        + " ~ entry 1 has an artefact of another form",
            })
    void tampering_isFoundAndNamed(String tampering, String fault) throws SQLException {
        List<String> personal = personal();
        run(connection, "set local session_replication_role = replica");
        run(connection, tampering.replace("OWN", OWN.replace("site_id =", "id =")));
        var findings = new Findings();
        new EvidenceCheck(connection, findings, done -> {}).run();
        assertThat(findings.faults()).anySatisfy(found -> assertThat(found).contains(fault));
        assertThat(String.join("\n", findings.faults()))
                .doesNotContain(personal)
                .doesNotContain("save", "withdraw", "analytics");
    }

    /** Ids, subjects and salts, as text. */
    private List<String> personal() throws SQLException {
        var found = new ArrayList<String>();
        try (Statement statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "select id::text, encode(subject, 'hex'), encode(salt, 'hex'),"
                                        + " encode(subject, 'base64') from consent_record")) {
            while (row.next()) {
                for (int column = 1; column <= 4; column++) {
                    found.add(row.getString(column).substring(0, 20));
                }
            }
        }
        return found;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
