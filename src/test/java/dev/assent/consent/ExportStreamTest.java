// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.TestApi;
import dev.assent.TestDatabase;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.receipt.ExportVerifier;
import dev.assent.receipt.TrustPolicy;
import dev.assent.receipt.Verdict;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An export longer than all that lies between the service and a client that does not read. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportStreamTest implements TestPropertyProvider {
    private static final int RECORDS = 2 * ExportPages.LENGTH + 200;

    private static final String WAITING =
            """
            select count(*)
            from pg_stat_activity
            where datname = current_database() and state like 'idle in transaction%'
            """;

    @Inject EmbeddedServer server;

    private final TestDatabase database = new TestDatabase(TestServers.newDatabase());

    @Override
    public Map<String, String> getProperties() {
        Map<String, String> properties = TestServers.properties(database.url());
        properties.put("assent.admin-key", TestApi.ADMIN_KEY);
        return properties;
    }

    @Test
    void recordErasedMeanwhile_isATombstoneUnderALaterCheckpoint() throws Exception {
        TestSite site = site();
        try (var client = new SlowClient(server.getURI(), path(site))) {
            assertThat(client.readHead()).contains("200 OK", "1-" + RECORDS + ".ndjson");
            new TestErasure(database.url()).erase(site.siteKey(), RECORDS - 1, RECORDS - 1);
            await().alias("no transaction waits for the client")
                    .until(() -> database.number(WAITING) == 0);

            byte[] export = client.readBody();

            Verdict verdict =
                    new ExportVerifier(TrustPolicy.FIRST_USE, Optional.empty(), line -> {})
                            .verify(new ByteArrayInputStream(export));
            assertThat(verdict.exitCode()).as(verdict.toString()).isZero();
            assertThat(verdict.checks().getFirst().detail())
                    .startsWith(RECORDS - 1 + " records, 1 erased");
            assertThat(
                            new String(export, UTF_8)
                                    .lines()
                                    .map(line ->
                                            line.replaceAll(".*/log\\\\n([0-9]+)\\\\n.*", "$1"))
                                    .distinct())
                    .as("checkpoints")
                    .hasSize(2);
        }
    }

    @Test
    void exportThatCannotGoOn_isCutOff() throws Exception {
        TestSite site = site();
        database.execute(
                "delete from consent_record where seq = "
                        + (RECORDS - 1)
                        + " and site_id = "
                        + "(select id from site where site_key = '"
                        + site.siteKey()
                        + "')");

        try (var client = new SlowClient(server.getURI(), path(site))) {
            assertThat(client.readHead()).contains("200 OK");
            assertThatThrownBy(client::readBody).isInstanceOf(EOFException.class);
        }
    }

    /** With {@link #RECORDS} records, all of them covered by a checkpoint. */
    private TestSite site() throws InterruptedException {
        TestSite site = inManyLanguages(TestSite.publish(server.getURI()));
        var atOnce = new Semaphore(32);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < RECORDS; i++) {
                atOnce.acquire();
                clients.execute(() -> {
                    site.send(TestChoice.json(site));
                    atOnce.release();
                });
            }
        }
        await().until(() ->
                database.number(
                                "select count(*) from consent_record where log_index < "
                                        + "(select max(size) from checkpoint) and site_id = "
                                        + "(select id from site where site_key = '"
                                        + site.siteKey()
                                        + "')")
                        == RECORDS);
        return site;
    }

    /** The same with an artefact, and so lines, of some 10 KB. */
    private TestSite inManyLanguages(TestSite site) {
        TestApi api = TestApi.of(server.getURI());
        String path = "/v1/admin/sites/" + site.siteKey();
        String more =
                Stream.of("ar de es it nl pl".split(" "))
                        .map(language -> "\"" + language + "\":{},")
                        .collect(Collectors.joining());
        String draft = api.get(path + "/draft").body().replace("\"en\":{}", more + "\"en\":{}");
        assertThat(api.send("PUT", path + "/draft", draft).status()).isEqualTo(200);
        String sha256 =
                api.post(path + "/policies", "{\"material\":true,\"reason\":\"more\"}")
                        .text("sha256");
        await().until(() -> api.get(path + "/policies/2").text("state").equals("live"));
        return new TestSite(site.http(), site.siteKey(), 2, sha256);
    }

    private static String path(TestSite site) {
        return "/v1/admin/sites/" + site.siteKey() + "/export";
    }
}
