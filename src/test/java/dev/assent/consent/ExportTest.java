// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static dev.assent.TestApi.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.ExportVerifier;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.TrustPolicy;
import dev.assent.receipt.Verdict;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator exports a site's records, and an auditor checks them as a whole. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportTest implements TestPropertyProvider {
    @Inject EmbeddedServer server;

    private final String url = TestServers.newDatabase();
    private final TestErasure erasure = new TestErasure(url);
    private Http http;
    private TestApi api;

    @Override
    public Map<String, String> getProperties() {
        Map<String, String> properties = TestServers.properties(url);
        properties.put("assent.admin-key", TestApi.ADMIN_KEY);
        return properties;
    }

    @BeforeAll
    void findService() {
        http = new Http(server.getURI());
        api = TestApi.of(server.getURI());
    }

    @Test
    void export_isWholeAndVerifies() throws Exception {
        TestSite other = site(1);
        TestSite site = site(9);
        record(other, 1);
        erasure.erase(site.siteKey(), 1, 1);
        erasure.erase(site.siteKey(), 4, 5);
        erasure.erase(site.siteKey(), 7, 7);
        erasure.erase(site.siteKey(), 9, 9);

        var export = covering(site, 9);

        assertThat(export.headers().firstValue("content-type")).contains("application/x-ndjson");
        assertThat(export.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"assent-" + site.siteKey() + "-1-9.ndjson\"");
        assertThat(export.headers().firstValue("assent-first-seq")).contains("1");
        assertThat(export.headers().firstValue("assent-last-seq")).contains("9");
        assertThat(export.headers().firstValue("cache-control")).contains("private, no-store");
        assertThat(export.body()).doesNotContain(other.siteKey()).endsWith("}\n");
        assertVerdict(export.body(), site, "4 records, 5 erased", 1, 9);
        assertThat(lines(export.body())).allSatisfy(ExportTest::assertCanonical);
        assertThat(checkpoints(export.body())).hasSize(1);
    }

    @Test
    void bounds_takeInAllFromTheFirstToTheLastRecordBetween() throws Exception {
        TestSite site = site(8);
        erasure.erase(site.siteKey(), 1, 1);
        erasure.erase(site.siteKey(), 4, 4);
        erasure.erase(site.siteKey(), 8, 8);
        covering(site, 8);
        List<String> times =
                lines(export(site, "").body())
                        .filter(line -> !line.contains("tombstone"))
                        .map(line -> line.replaceAll(".*\"recordedAt\":\"([^\"]+)\".*\n?", "$1"))
                        .toList();
        String third = times.get(1);
        String fifth = times.get(2);
        String sixth = times.get(3);

        // Several may have been recorded in one millisecond, and then all of them are taken in.
        assertVerdict(
                export(site, "?from=" + fifth + "&to=" + after(fifth)).body(), site, "", 5, 5);
        assertVerdict(export(site, "?from=" + third + "&to=" + sixth).body(), site, "", 3, 5);
        assertVerdict(export(site, "?from=" + third).body(), site, "", 3, 8);
        assertVerdict(export(site, "?to=" + sixth).body(), site, "", 1, 5);
        assertThat(export(site, "?from=2100-01-01").body()).isEmpty();
        assertThat(export(site, "?to=2020-01-01").body()).isEmpty();
        assertThat(export(site, "?from=" + sixth + "&to=" + third).body()).isEmpty();
    }

    @Test
    void nothing_isAnEmptyExport() {
        var export = export(site(0), "");
        assertThat(export.statusCode()).isEqualTo(200);
        assertThat(export.body()).isEmpty();
        assertThat(export.headers().firstValue("assent-last-seq")).isEmpty();
    }

    @Test
    void export_isSentAsItIsWhateverTheClientCouldDecode() {
        var export = export(site(1), "", "Accept-Encoding", "gzip", "Accept", "application/json");
        assertThat(export.statusCode()).isEqualTo(200);
        assertThat(export.headers().firstValue("content-encoding")).isEmpty();
    }

    @Test
    void growth_isProvenOnTheFirstLine() throws Exception {
        Note kept = Note.parse(http.get("/log/checkpoint").body());
        TestSite site = site(3);
        covering(site, 3);
        long size = Checkpoint.parse(kept.text()).size();

        List<String> lines = lines(export(site, "?since=" + size).body()).toList();

        JsonObject first = CanonicalJson.parseObject(lines.getFirst().getBytes(UTF_8), 1 << 17);
        assertThat(first.integer("consistency", "first")).isEqualTo(size);
        assertThat(lines.subList(1, 3)).noneMatch(line -> line.contains("consistency"));
        Verdict verdict =
                new ExportVerifier(TrustPolicy.FIRST_USE, Optional.of(kept), line -> {})
                        .verify(new ByteArrayInputStream(lines.getFirst().getBytes(UTF_8)));
        assertThat(verdict.exitCode()).as(verdict.toString()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"from=yesterday", "to=2026-13-01", "since=-1", "since=1000000000", "from="})
    void badBounds_areNamed(String query) {
        var answer = export(site(1), "?" + query);
        assertProblem(answer, 422, "invalid-query");
        assertThat(answer.body()).contains("\"/" + query.replaceAll("=.*", "") + "\"");
    }

    @Test
    void siteOfNobody_isUnknown() {
        assertProblem(export("AAAAAAAAAA"), 404, "not-found");
        assertProblem(export("no%20key"), 404, "not-found");
    }

    @Test
    void key_needsTheScope() {
        TestSite site = site(0);
        for (String scope : List.of("records", "export")) {
            String wish = "{\"name\":\"Audit\",\"scopes\":[\"" + scope + "\"]}";
            var answer =
                    api.withKey(api.post("/v1/admin/keys", wish).text("key"))
                            .get("/v1/admin/sites/" + site.siteKey() + "/export");
            if (scope.equals("export")) {
                assertThat(answer.status()).isEqualTo(200);
            } else {
                assertProblem(answer.response(), 403, "no-scope");
            }
        }
    }

    @Test
    void export_isWholeWhileOthersRecord() throws Exception {
        TestSite site = site(20);
        covering(site, 20);
        var done = new AtomicBoolean();
        Thread recording =
                Thread.ofVirtual()
                        .start(() -> {
                            while (!done.get()) {
                                record(site, 1);
                            }
                        });
        try {
            for (int i = 0; i < 20; i++) {
                var export = export(site, "");
                long last = export.headers().firstValueAsLong("assent-last-seq").orElseThrow();
                assertThat(last).isGreaterThanOrEqualTo(20);
                assertVerdict(export.body(), site, last + " records, 0 erased", 1, last);
            }
        } finally {
            done.set(true);
            recording.join();
        }
    }

    private TestSite site(int records) {
        TestSite site = TestSite.publish(server.getURI());
        record(site, records);
        return site;
    }

    private static void record(TestSite site, int records) {
        for (int i = 0; i < records; i++) {
            assertThat(site.send(TestChoice.json(site)).statusCode()).isEqualTo(201);
        }
    }

    /** An export under a checkpoint that covers number {@code last}. */
    private HttpResponse<String> covering(TestSite site, long last) {
        return await().until(
                        () -> export(site, ""),
                        export ->
                                export.headers().firstValueAsLong("assent-last-seq").orElse(0)
                                        == last);
    }

    private HttpResponse<String> export(TestSite site, String query, String... headers) {
        return export(site.siteKey(), query, headers);
    }

    private HttpResponse<String> export(String siteKey) {
        return export(siteKey, "");
    }

    private HttpResponse<String> export(String siteKey, String query, String... headers) {
        return api.get("/v1/admin/sites/" + siteKey + "/export" + query, headers).response();
    }

    private static void assertVerdict(
            String export, TestSite site, String counts, long first, long last) throws Exception {
        Verdict verdict =
                new ExportVerifier(TrustPolicy.FIRST_USE, Optional.empty(), line -> {})
                        .verify(new ByteArrayInputStream(export.getBytes(UTF_8)));
        assertThat(verdict.exitCode()).as(verdict.toString()).isZero();
        assertThat(verdict.checks().getFirst().detail()).startsWith(counts);
        String records = first == last ? "record " + first : "records " + first + " to " + last;
        assertThat(verdict.checks().getLast().detail())
                .isEqualTo("site %s, %s", site.siteKey(), records);
    }

    private static void assertCanonical(String line) throws Exception {
        JsonObject json = CanonicalJson.parseObject(line.getBytes(UTF_8), 1 << 17);
        assertThat(CanonicalJson.writeText(json)).isEqualTo(line);
    }

    private static java.util.stream.Stream<String> lines(String export) {
        return export.lines();
    }

    /** The sizes of the checkpoints that the lines are under. */
    private static List<String> checkpoints(String export) {
        return lines(export)
                .map(line -> line.replaceAll(".*/log\\\\n([0-9]+)\\\\n.*", "$1"))
                .distinct()
                .toList();
    }

    private static String after(String instant) {
        return java.time.Instant.parse(instant).plusMillis(1).toString();
    }
}
