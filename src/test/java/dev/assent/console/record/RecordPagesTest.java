// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Browser;
import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestDatabase;
import dev.assent.TestOperator;
import dev.assent.TestSite;
import dev.assent.account.SetUp;
import dev.assent.consent.TestChoice;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Cookie;

/** A site's records in the console: found, read, taken home and erased. */
class RecordPagesTest {
    private static EmbeddedServer server;
    private static TestApi api;
    private static TestOperator owner;
    private static TestOperator auditor;
    private static TestOperator editor;
    private static String url;
    private static TestSite site;
    private static String list;

    @BeforeAll
    static void start() {
        Map<String, String> properties = TestApi.properties();
        url = Objects.requireNonNull(properties.get("assent.database.url"));
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(properties));
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, "olive@example.com");
        auditor = owner.colleague("ada@example.com", "auditor");
        editor = owner.colleague("ed@example.com", "editor");
        api = TestApi.of(server.getURI());
        site = TestSite.publish(server.getURI());
        list = list(site);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void emptySite_saysSo() {
        TestSite empty = TestSite.publish(server.getURI());

        HttpResponse<String> page = auditor.get(list(empty));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("No record yet").doesNotContain("records.csv");
        assertThat(auditor.get(list(empty) + "?purpose=theme&answer=granted").body())
                .contains("Nothing was recorded that fits");
    }

    @Test
    void search_findsByActionPurposeVersionAndTime() {
        TestSite searched = TestSite.publish(server.getURI());
        String saved = record(searched, "save", true, TestChoice.secret());
        String withdrawn = record(searched, "withdraw", false, TestChoice.secret());
        String refused = record(searched, "reject_all", false, TestChoice.secret());

        finds(searched, "", saved, withdrawn, refused);
        finds(searched, "?action=withdraw", withdrawn);
        finds(searched, "?action=reject_all", refused);
        finds(searched, "?action=gpc");
        finds(searched, "?purpose=theme&answer=granted", saved);
        finds(searched, "?purpose=theme&answer=refused", withdrawn, refused);
        finds(searched, "?purpose=theme", saved, withdrawn, refused);
        finds(searched, "?purpose=nothing");
        finds(searched, "?version=1&action=save", saved);
        finds(searched, "?version=2");
        finds(searched, "?to=2020-01-01");
        finds(searched, "?from=2020-01-01&to=2199-01-01", saved, withdrawn, refused);
        finds(searched, "?from=2199-01-01");
        finds(searched, "?below=3", saved, withdrawn);
        finds(searched, "?action=save&below=1");
    }

    @Test
    void refusal_readsAsARefusal() {
        TestSite asked = TestSite.publish(server.getURI());
        String refused = record(asked, "reject_all", false, TestChoice.secret());
        String oneByOne = record(asked, "save", false, TestChoice.secret());
        assertThat(auditor.get(list(asked)).body())
                .contains("Refused all: ")
                .contains("<span class=\"under\">necessary: session</span>")
                .doesNotContain("Granted:");
        assertThat(auditor.get(list(asked) + "/" + refused).body())
                .contains("Everything optional refused");
        assertThat(auditor.get(list(asked) + "/" + oneByOne).body())
                .contains("Everything optional refused, one by one");
        assertThat(auditor.get(export(asked) + "csv").body()).contains(",session,");
    }

    @Test
    void longList_goesPageByPage() {
        TestSite busy = TestSite.publish(server.getURI());
        for (int i = 0; i < 51; i++) {
            record(busy, "save", true, TestChoice.secret());
        }
        String first = auditor.get(list(busy) + "?action=save").body();
        assertThat(first).contains(">51</a>", ">2</a>", "?action=save&amp;below=2");
        String second = auditor.get(list(busy) + "?action=save&below=2").body();
        assertThat(second).contains(">1</a>").doesNotContain(">2</a>", "rel=\"next\"");
        String table = auditor.get(export(busy) + "csv?action=save").body();
        assertThat(table.lines()).hasSize(52);
        assertThat(table).startsWith("seq,id,").contains("\r\n51,", "\r\n1,");
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, Give a day",
        "to=2026-13-45, Give a day",
        "from=999999-01-01, Give a day",
        "action=dance, Choose one",
        "version=x, number of a version",
        "version=99999999999, number of a version",
        "purpose=%3Cscript%3E, Give the id",
        "answer=granted, Name the purpose",
        "purpose=theme&answer=x, Choose granted",
        "below=0, does not exist",
        "below=x, does not exist",
        "q=x, no such record",
        "q=999999, no such record",
        "q=0198f0c2-8f3a-7c1e-9b7a-3f0c6f1f2a11, no such record",
        "q=%27%3B%20drop%20table%20site%3B, no such record",
        "from=%E2%80%AE%F0%9F%98%80, Give a day"
    })
    void faultyQuery_isToldAtItsField(String query, String words) {
        HttpResponse<String> page = auditor.get(list + "?" + query);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(422);
        assertThat(page.body()).contains(words).doesNotContain("<script>");
    }

    @Test
    void record_isShownWithAllThatBelongsToIt() {
        String secret = TestChoice.secret();
        String first = record(site, "save", true, secret);
        String second = recordAfter(site, first, secret);

        String page = auditor.get(list + "/" + second).body();
        assertThat(page)
                .contains(
                        "A selection",
                        "In the log",
                        "dpv:",
                        "/replay?language=fr&amp;layout=mobile")
                .contains(list + "/" + first, "names it by its commitment", "as far as is recorded")
                .doesNotContain("Erase this record");
        assertThat(auditor.get(list + "/" + first).body()).contains(list + "/" + second);
        assertThat(owner.get(list + "/" + first).body()).contains("Erase this record");
        assertThat(auditor.get(list + "?q=" + second).headers().firstValue("Location"))
                .hasValue(list + "/" + second);
        long seq = seq(second);
        assertThat(auditor.get(list + "/" + seq).headers().firstValue("Location"))
                .hasValue(list + "/" + second);
    }

    @Test
    void exports_areWholeAndNoted() {
        String id = record(site, "save", true, TestChoice.secret());
        covered(id);

        HttpResponse<String> proofs = auditor.get(export(site) + "ndjson");
        assertThat(proofs.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        assertThat(proofs.body()).contains(id, "assent/proof-bundle/v1");
        assertThat(auditor.get(list + "/" + id + "/bundle.json").body())
                .contains("assent/proof-bundle/v1");
        assertThat(auditor.get(export(site) + "csv").body()).contains(id);
        assertThat(auditor.get(export(site) + "csv?version=x").statusCode()).isEqualTo(303);
        assertThat(auditor.get("/console/trail").body())
                .contains("records exported", "with proofs", "as a table");
    }

    @Test
    void erasure_wantsReasonAndNumber_andLeavesATombstone() {
        String id = record(site, "save", true, TestChoice.secret());
        String path = list + "/" + id;
        String number = Long.toString(seq(id));

        assertThat(editor.post(path + "/erase", "reason", "asked <by> mail", "number", "<1").body())
                .contains("Type the record")
                .contains("value=\"asked &lt;by> mail\"", "value=\"&lt;1\"");
        assertThat(editor.post(path + "/erase", "reason", "  ", "number", number).statusCode())
                .isEqualTo(422);
        assertThat(
                        editor.post(path + "/erase", "reason", "x".repeat(201), "number", number)
                                .statusCode())
                .isEqualTo(422);
        assertThat(auditor.post(path + "/erase", "reason", "no", "number", number).statusCode())
                .isEqualTo(403);
        assertThat(owner.get(path).statusCode()).isEqualTo(200);

        HttpResponse<String> erased =
                editor.post(path + "/erase", "reason", "asked <by> mail", "number", number);

        assertThat(erased.headers().firstValue("Location")).hasValue(list + "/" + number);
        assertThat(auditor.get(list + "/" + number).body())
                .contains("was erased on", "At a request", "Statement");
        assertThat(owner.get(path).statusCode()).isEqualTo(404);
        assertThat(owner.post(path + "/erase", "reason", "x", "number", number).statusCode())
                .isEqualTo(404);
        assertThat(auditor.get(list + "?action=erased").body()).contains(list + "/" + number);
        assertThat(auditor.get("/console/trail").body())
                .contains("record erased", "asked &lt;by&gt; mail")
                .doesNotContain(id);
    }

    @Test
    void foreignSitesAndRecords_are404() throws SQLException {
        String id = record(site, "save", true, TestChoice.secret());
        TestSite other = TestSite.publish(server.getURI());
        String foreign = new TestDatabase(url).foreignSite(other.siteKey());
        for (String path :
                List.of(
                        "/console/sites/" + foreign + "/records",
                        "/console/sites/" + foreign + "/records/" + id,
                        "/console/sites/" + foreign + "/records/1",
                        "/console/sites/" + foreign + "/export/records.csv",
                        "/console/sites/" + foreign + "/export/records.ndjson",
                        "/console/sites/none/records",
                        list(other) + "/" + id,
                        list(other) + "/" + id + "/bundle.json",
                        list + "/x",
                        list + "/999999",
                        list + "/%00")) {
            assertThat(owner.get(path).statusCode()).as(path).isEqualTo(404);
        }
        for (String records : List.of("/console/sites/" + foreign + "/records", list(other))) {
            String path = records + "/" + id + "/erase";
            assertThat(owner.post(path, "reason", "x", "number", "1").statusCode()).isEqualTo(404);
        }
        assertThat(api.get("/v1/consents/" + id).status()).isEqualTo(200);
    }

    @Test
    void removedSite_keepsShowingItsRecords() {
        TestSite leaving = TestSite.publish(server.getURI());
        String id = record(leaving, "save", true, TestChoice.secret());
        assertThat(api.send("DELETE", "/v1/admin/sites/" + leaving.siteKey(), null).status())
                .isEqualTo(204);
        assertThat(auditor.get(list(leaving)).body()).contains("This site is removed", id);
        assertThat(auditor.get(list(leaving) + "/" + id).statusCode()).isEqualTo(200);
        String replay = "/v1/artefacts/" + leaving.sha256() + "/replay";
        assertThat(new Http(server.getURI()).get(replay).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 768, 1280})
    void pages_haveNoBarriers(int width) {
        String id = record(site, "save", true, TestChoice.secret());
        covered(id);
        try (Browser browser = Browser.open()) {
            browser.resize(width, 900);
            browser.go(server.getURI() + "/signin");
            browser.cookie(new Cookie("assent-session", editor.cookie()));
            for (String page : List.of(list, list + "?action=erased", list + "/" + id)) {
                for (String scheme : List.of("light", "dark")) {
                    browser.prefer(scheme);
                    browser.go(server.getURI() + page);
                    assertThat(browser.barriers()).as(page + scheme).isEmpty();
                    assertThat(
                                    browser.run(
                                            "return document.documentElement.scrollWidth <= innerWidth"))
                            .as(page + " fits")
                            .isEqualTo(true);
                }
            }
        }
    }

    private static void finds(TestSite where, String query, String... ids) {
        String page = auditor.get(list(where) + query).body();
        assertThat(page.split("data-label=\"Number\"", -1)).as(query).hasSize(ids.length + 1);
        assertThat(page).contains(ids.length == 0 ? new String[] {"that fits"} : ids);
    }

    private static String record(TestSite where, String action, boolean theme, String secret) {
        String id = TestChoice.id().toString();
        String choice =
                TestChoice.json(where, id, secret)
                        .replace("\"action\":\"save\"", "\"action\":\"" + action + "\"")
                        .replace("\"theme\":true", "\"theme\":" + theme);
        assertThat(where.send(choice).statusCode()).isEqualTo(201);
        return id;
    }

    private static String recordAfter(TestSite where, String previous, String secret) {
        String id = TestChoice.id().toString();
        String choice =
                TestChoice.json(where, id, secret)
                        .replace("\"secret\"", "\"previous\":\"" + previous + "\",\"secret\"");
        assertThat(where.send(choice).statusCode()).isEqualTo(201);
        return id;
    }

    private static long seq(String id) {
        try {
            return api.get("/v1/consents/" + id).json().integer("seq");
        } catch (dev.assent.receipt.JsonException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void covered(String id) {
        org.awaitility.Awaitility.await()
                .until(() -> api.get("/v1/consents/" + id + "/receipt").status() == 200);
    }

    private static String list(TestSite where) {
        return "/console/sites/" + where.siteKey() + "/records";
    }

    private static String export(TestSite where) {
        return "/console/sites/" + where.siteKey() + "/export/records.";
    }
}
