// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.log.LogProofs;
import dev.assent.log.TestLog;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.ExportVerifier;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.LoggedDocument;
import dev.assent.receipt.ReceiptVerifier;
import dev.assent.receipt.Tombstone;
import dev.assent.receipt.TrustPolicy;
import dev.assent.receipt.Verdict;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What strangers can check after an erasure. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureProofTest implements TestPropertyProvider {
    @Inject EmbeddedServer server;
    @Inject LogProofs proofs;

    @Property(name = "assent.database.url")
    String url;

    private Http http;
    private TestLog log;
    private TestSite site;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeAll
    void publish() {
        http = new Http(server.getURI());
        log = new TestLog(server.getURI());
        site = TestSite.publish(server.getURI());
    }

    @Test
    void erasure_leavesTheTreeAndEveryOtherProofWhole() throws Exception {
        String secret = TestChoice.secret();
        var kept = new TreeMap<Integer, String>();
        String erased = "";
        for (int seq = 1; seq <= 6; seq++) {
            boolean own = seq == 2 || seq == 3 || seq == 6;
            String id = TestChoice.id().toString();
            site.send(TestChoice.json(site, id, own ? secret : TestChoice.secret()));
            if (own) {
                erased = id;
            } else {
                kept.put(seq, id);
            }
        }
        String before = bundle(kept.firstEntry().getValue());
        String receiptOfErased = bundle(erased);
        log.check();

        http.send(
                "POST",
                "/v1/visitors/erase",
                "{\"site\":\"%s\",\"secret\":\"%s\"}".formatted(site.siteKey(), secret));

        var export = new TreeMap<Long, String>();
        for (var record : kept.entrySet()) {
            export.put((long) record.getKey(), bundle(record.getValue()));
        }
        export.putAll(tombstones());
        assertThat(export).hasSize(6);
        assertExportIsComplete(String.join("\n", export.values()) + "\n");
        log.check();
        assertValid(before);
        assertValid(receiptOfErased);
        assertThat(http.get("/v1/consents/" + erased + "/receipt").statusCode()).isEqualTo(404);
    }

    private void assertExportIsComplete(String export) throws IOException {
        Verdict verdict =
                new ExportVerifier(trusted(), Optional.empty(), line -> {})
                        .verify(new ByteArrayInputStream(export.getBytes(UTF_8)));
        assertThat(verdict.exitCode()).as(verdict.toString()).isZero();
    }

    private void assertValid(String file) {
        Verdict verdict = new ReceiptVerifier(trusted()).verify(file.getBytes(UTF_8));
        assertThat(verdict.exitCode()).as(verdict.toString()).isZero();
    }

    private TrustPolicy trusted() {
        return TrustPolicy.FIRST_USE.withLog(log.key());
    }

    private String bundle(String id) {
        String path = "/v1/consents/" + id + "/receipt";
        return await().until(
                        () -> http.get(path, "Accept", "application/json"),
                        answer -> answer.statusCode() == 200)
                .body();
    }

    /** The site's tombstones by seq, as an export tells them. */
    private Map<Long, String> tombstones() throws SQLException, JsonException {
        String sql =
                """
                select t.seq, t.log_index, t.statement_index, s.document
                from erasure_tombstone t
                         join log_statement s on s.log_index = t.statement_index
                """;
        var lines = new TreeMap<Long, String>();
        try (Connection connection = TestServers.connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                lines.put(
                        row.getLong(1),
                        tombstone(row.getLong(1), row.getLong(2), row.getLong(3), row.getBytes(4)));
            }
        }
        return lines;
    }

    private String tombstone(long seq, long index, long statement, byte[] document)
            throws JsonException {
        var content = CanonicalJson.parseCanonicalObject(document);
        return await().until(
                        () ->
                                proofs.under(
                                        statement,
                                        under ->
                                                CanonicalJson.writeText(
                                                        new Tombstone(
                                                                        site.siteKey(),
                                                                        seq,
                                                                        index,
                                                                        new LoggedDocument(
                                                                                content,
                                                                                under.tlogProof(
                                                                                        statement)),
                                                                        under.vkey(),
                                                                        Optional.empty())
                                                                .json())),
                        Optional::isPresent)
                .orElseThrow();
    }
}
