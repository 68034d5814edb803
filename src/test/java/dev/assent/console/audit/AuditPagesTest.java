// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import static dev.assent.TestOperator.form;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.account.SetUp;
import dev.assent.consent.TestChoice;
import dev.assent.receipt.ExportVerifier;
import dev.assent.receipt.Sample;
import dev.assent.receipt.TrustPolicy;
import dev.assent.receipt.Verdict;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samples, and what stands between two receipts, as an auditor sees them. */
class AuditPagesTest {
    private static EmbeddedServer server;
    private static String url;
    private static TestApi api;
    private static TestOperator auditor;
    private static Http http;
    private static TestSite site;
    private static String base;
    private static final List<String> IDS = new ArrayList<>();

    /** Records 1 to 8 of a site, of which 4 is erased. */
    @BeforeAll
    static void start() {
        Map<String, String> properties = TestApi.properties();
        url = Objects.requireNonNull(properties.get("assent.database.url"));
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(properties));
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        auditor =
                TestOperator.setUp(server.getURI(), link, "olive@example.com")
                        .colleague("ada@example.com", "auditor");
        api = TestApi.of(server.getURI());
        http = new Http(server.getURI());
        site = TestSite.publish(server.getURI());
        base = "/console/sites/" + site.siteKey() + "/audit";
        for (int i = 0; i < 8; i++) {
            IDS.add(record(site));
        }
        erase(site, IDS.get(3));
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        http.get("/v1/consents/" + IDS.get(7) + "/receipt").statusCode() == 200);
        await().atMost(Duration.ofSeconds(10)).until(AuditPagesTest::isErasureCovered);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void sample_isWhatItsSeedDraws() {
        long size = size();
        Sample sample = new Sample(site.siteKey(), 1, 8, size, "dice 6 3 1", 3);

        HttpResponse<String> page = auditor.get(base + "/sample" + query(size, "dice 6 3 1", "3"));

        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        String drawn = sample.drawn().toString();
        assertThat(page.body())
                .contains("<dd>" + drawn.substring(1, drawn.length() - 1) + "</dd>", "dice 6 3 1");
        for (long seq : sample.numbers()) {
            assertThat(page.body()).contains("<th scope=\"row\">" + seq + "</th>");
        }
        assertThat(auditor.get("/console/trail").body())
                .contains("sample drawn", "3 records under size", "dice 6 3 1");
    }

    @Test
    void sampleOfAll_showsTheTombstoneAsOne() {
        long size = size();
        String page = auditor.get(base + "/sample" + query(size, "x", "1000")).body();
        assertThat(page)
                .contains("8 of the numbers 1 to 8", "Erased at a request", "tombstone")
                .contains("/log/statement/", "/v1/consents/" + IDS.getFirst() + "/receipt");
        String table = auditor.get(base + "/sample.csv" + query(size, "x", "1000")).body();
        assertThat(table.lines()).hasSize(9);
        assertThat(table)
                .startsWith("number,state,what,at,version,index,proven_by,record\r\n")
                .containsPattern("4,erased,request,[^,]+,,\\d+,\\d+,\r\n")
                .contains(IDS.get(7));
        String json = auditor.get(base + "/sample.json" + query(size, "x", "1000")).body();
        assertThat(json).contains("\"assent/sample/v1\"", "\"erased\":true", IDS.get(7));
    }

    @Test
    void sampleFile_verifiesWithoutAskingUs() throws IOException {
        long size = size();
        HttpResponse<String> file =
                auditor.get(base + "/sample.ndjson" + query(size, "é😀 \u202e", "5"));
        assertThat(file.statusCode()).isEqualTo(200);
        Verdict verdict = verify(file.body());
        assertThat(verdict.exitCode()).as(verdict.toString()).isZero();
        assertThat(verify(file.body().replaceFirst("\"count\":5", "\"count\":4")).exitCode())
                .isEqualTo(1);
    }

    @Test
    void sampleUnderAnEarlierCheckpoint_hasOnlyWhatWasThere() {
        TestSite young = TestSite.publish(server.getURI());
        String where = "/console/sites/" + young.siteKey() + "/audit/sample";
        record(young);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> auditor.get(where + query(size(), "s", "9")).statusCode() == 200);
        long kept = size();
        String before = auditor.get(where + query(kept, "s", "9")).body();
        String later = record(young);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> http.get("/v1/consents/" + later + "/receipt").statusCode() == 200);

        String again = auditor.get(where + query(kept, "s", "9")).body();

        assertThat(before).contains("1 of the one number 1");
        assertThat(again).contains("1 of the one number 1").doesNotContain(later);
    }

    @ParameterizedTest
    @CsvSource({
        "'', x, 3, sample-size-wrong",
        "0, x, 3, sample-size-wrong",
        "999999999, x, 3, sample-size-wrong",
        "99999999999999999999, x, 3, sample-size-wrong",
        "one, x, 3, sample-size-wrong",
        "SIZE, '', 3, sample-seed-wrong",
        "SIZE, 'a\u0007b', 3, sample-seed-wrong",
        "SIZE, x, 0, sample-count-wrong",
        "SIZE, x, 1001, sample-count-wrong",
        "SIZE, x, -1, sample-count-wrong",
        "SIZE, x, 99999999999999, sample-count-wrong",
        "SIZE, x, many, sample-count-wrong",
        "1, x, 3, sample-size-wrong"
    })
    void faultySample_isToldAtItsField(String size, String seed, String count, String where) {
        String typed = size.replace("SIZE", Long.toString(size()));
        String query = "?" + form("size", typed, "seed", seed, "count", count);
        HttpResponse<String> page = auditor.get(base + "/sample" + query);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(422);
        assertThat(page.body()).contains("id=\"" + where + "\"");
        for (String kind : List.of("csv", "json", "ndjson")) {
            HttpResponse<String> file = auditor.get(base + "/sample." + kind + query);
            assertThat(file.statusCode()).isEqualTo(303);
            assertThat(file.headers().firstValue("location")).contains(base + "/sample" + query);
        }
    }

    @Test
    void hostileSeed_isOnlyText() {
        String page =
                auditor.get(base + "/sample" + query(size(), "<script>alert(1)</script>", "2"))
                        .body();
        assertThat(page).contains("&lt;script&gt;").doesNotContain("<script>alert");
        assertThat(auditor.get(base + "/sample" + query(size(), "x".repeat(201), "2")).statusCode())
                .isEqualTo(422);
        assertThat(auditor.get(base + "/sample.exe" + query(size(), "x", "2")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void betweenTwoReceipts_nothingIsMissing() throws IOException {
        String page = between(receipt(IDS.get(1)), receipt(IDS.get(6))).body();
        assertThat(page)
                .contains(
                        "Nothing is missing",
                        "All 6 numbers from 2 to 7 are",
                        "5 records, 1 erased")
                .contains("every proof between them were verified");
        HttpResponse<String> file = auditor.get(base + "/between.ndjson?first=2&last=7");
        assertThat(verify(file.body()).exitCode()).isZero();
        assertThat(file.headers().firstValue("assent-last-seq")).contains("7");
    }

    @Test
    void betweenWhateverOneHas_theAnswerIsTheSame() {
        String bundle =
                http.get("/v1/consents/" + IDS.get(7) + "/receipt", "Accept", "application/json")
                        .body();
        String all = "All 8 numbers from 1 to 8 are";
        assertThat(between(bundle, IDS.getFirst()).body()).contains(all);
        assertThat(between("8", "1").body()).contains(all);
        assertThat(between(" 8 ", receipt(IDS.getFirst()).replace("\n", "\r\n")).body())
                .contains(all);
        assertThat(between("5", "5").body()).contains("Number 5 is");
    }

    @Test
    void receiptOfAnErasedRecord_isStillAnEnd() {
        TestSite own = TestSite.publish(server.getURI());
        String first = record(own);
        String last = record(own);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> http.get("/v1/consents/" + last + "/receipt").statusCode() == 200);
        String kept = receipt(first);
        erase(own, first);
        String where = "/console/sites/" + own.siteKey() + "/audit/between";
        await().atMost(Duration.ofSeconds(10)).until(AuditPagesTest::isErasureCovered);
        assertThat(auditor.post(where, "one", kept, "other", last).body())
                .contains("Nothing is missing", "1 record, 1 erased");
    }

    @Test
    void missingNumbers_areNamed() throws SQLException {
        TestSite broken = TestSite.publish(server.getURI());
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(record(broken));
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        http.get("/v1/consents/" + ids.getLast() + "/receipt").statusCode() == 200);
        for (int i : List.of(1, 2, 4)) {
            change("delete from consent_record where id = '" + ids.get(i) + "'");
        }
        String where = "/console/sites/" + broken.siteKey() + "/audit/between";
        String page = auditor.post(where, "one", ids.getFirst(), "other", ids.getLast()).body();
        assertThat(page)
                .contains("Something is wrong", "4 records, and 0 erased")
                .contains("Numbers 2 to 3 are missing", "Number 5 is missing")
                .doesNotContain("Nothing is missing");
    }

    @Test
    void receiptThatIsNone_isRefusedInWords() {
        String good = receipt(IDS.getFirst());
        String of = receipt(record(TestSite.publish(server.getURI())));
        assertThat(wrong("nonsense")).contains("This is no receipt");
        assertThat(wrong("{}")).contains("This is no receipt");
        assertThat(wrong("{\"type\":\"<script>\"}")).contains("This is no receipt");
        assertThat(wrong("<script>alert(1)</script>😀\u202e")).contains("This is no receipt");
        assertThat(wrong("")).contains("Paste a receipt");
        assertThat(wrong("999999")).contains("This site has no such record");
        assertThat(wrong("0198f0c2-8f3a-7c1e-9b7a-3f0c6f1f2a11"))
                .contains("This site has no such record");
        assertThat(wrong(IDS.get(3))).contains("If it was erased");
        assertThat(wrong(of)).contains("of another site");
        assertThat(wrong(good.replaceFirst("index \\d+", "index 0"))).contains("It is not valid");
        assertThat(wrong(foreign(good))).contains("This log has not signed it");
        assertThat(wrong("x".repeat(700_000))).contains("longer than a receipt");
    }

    @ParameterizedTest
    @CsvSource({"1, 9", "0, 3", "5, 4", "x, 3", "'', ''", "1, 99999999999999999999"})
    void stretchOutOfBounds_isNotThere(String first, String last) {
        HttpResponse<String> file =
                auditor.get(base + "/between.ndjson?first=" + first + "&last=" + last);
        assertThat(file.statusCode()).isEqualTo(303);
        assertThat(file.headers().firstValue("location")).contains(base + "/between");
    }

    @Test
    void emptySite_saysSo() {
        String empty = "/console/sites/" + TestSite.publish(server.getURI()).siteKey() + "/audit";
        assertThat(auditor.get(empty).body()).contains("No evidence yet");
        assertThat(auditor.get(empty + "/sample" + query(size(), "x", "3")).body())
                .contains("Nothing was recorded here under a checkpoint");
        assertThat(auditor.get(empty + "/pack.zip").body()).contains("Nothing was recorded in");
        assertThat(auditor.get(empty + "/records.ndjson").statusCode()).isEqualTo(422);
        assertThat(auditor.get("/console/audit").body()).contains(empty);
    }

    private static HttpResponse<String> between(String one, String other) {
        HttpResponse<String> page = auditor.post(base + "/between", "one", one, "other", other);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page;
    }

    /** What is said of something that is no evidence of this site. */
    private static String wrong(String evidence) {
        HttpResponse<String> page =
                auditor.post(base + "/between", "one", IDS.getFirst(), "other", evidence);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(422);
        assertThat(page.body()).contains("id=\"between-other-wrong\"", IDS.getFirst());
        return page.body();
    }

    /** The same with a checkpoint of another log. */
    private static String foreign(String receipt) {
        String origin = http.get("/log/checkpoint").body().lines().findFirst().orElseThrow();
        return receipt.replace(origin, "log.example.com/other");
    }

    private static String query(long size, String seed, String count) {
        return "?" + form("size", Long.toString(size), "seed", seed, "count", count);
    }

    private static String record(TestSite of) {
        String id = TestChoice.id().toString();
        assertThat(of.send(TestChoice.json(of, id)).statusCode()).isEqualTo(201);
        return id;
    }

    private static void erase(TestSite of, String id) {
        String path = "/v1/admin/sites/" + of.siteKey() + "/consents/" + id;
        assertThat(api.send("DELETE", path, null).status()).isEqualTo(204);
    }

    private static String receipt(String id) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> http.get("/v1/consents/" + id + "/receipt").statusCode() == 200);
        return http.get("/v1/consents/" + id + "/receipt").body();
    }

    private static long size() {
        return Long.parseLong(http.get("/log/checkpoint").body().split("\n")[1]);
    }

    /** Whether everything that has been logged is signed. */
    private static boolean isErasureCovered() throws SQLException {
        try (Connection connection = TestServers.connect(url);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("select size from log_head")) {
            row.next();
            return row.getLong(1) == size();
        }
    }

    private static Verdict verify(String export) throws IOException {
        return new ExportVerifier(TrustPolicy.FIRST_USE, Optional.empty(), line -> {})
                .verify(new ByteArrayInputStream(export.getBytes(UTF_8)));
    }

    private static void change(String sql) throws SQLException {
        try (Connection connection = TestServers.connect(url);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
