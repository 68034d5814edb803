// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.TestSite;
import dev.assent.account.SetUp;
import dev.assent.consent.TestChoice;
import dev.assent.tally.TestCounting;
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

/** Statistics and undeclared trackers in the console, over HTTP. */
class StatisticsPagesTest {
    private static final String DAYS = "?from=2026-10-24&to=2026-11-22";

    private static EmbeddedServer server;
    private static TestApi api;
    private static TestOperator owner;
    private static TestOperator auditor;
    private static String full;

    @BeforeAll
    static void start() throws SQLException {
        Map<String, String> properties = TestApi.properties();
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(properties));
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, "olive@example.com");
        auditor = owner.colleague("ada@example.com", "auditor");
        api = TestApi.of(server.getURI());
        full = TestSite.publish(server.getURI()).siteKey();
        SampleCounts.fill(Objects.requireNonNull(properties.get("assent.database.url")), full);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void emptySite_saysSoAndIsOff() {
        String site = TestSite.publish(server.getURI()).siteKey();
        String page = page(auditor, site, "statistics");
        assertThat(page).contains("No choices in this time", "Off").doesNotContain("Turn on");
        assertThat(page(auditor, site, "undeclared")).contains("Nobody is looking", "Off");
    }

    @Test
    void fewChoices_tellNoRate() {
        TestSite site = TestSite.publish(server.getURI());
        assertThat(site.send(TestChoice.json(site)).statusCode()).isEqualTo(201);
        assertThat(page(auditor, site.siteKey(), "statistics"))
                .contains("too few to tell (under 30)")
                .doesNotContain("100\u00a0%");
    }

    @Test
    void numbers_areThoseThatWereCounted() {
        String page = page(auditor, full, "statistics" + DAYS);
        assertThat(page)
                .contains("By day", "By version", "By language", "By layout", "analytics", "theme")
                .contains(">fr</th>", "too few to tell", "Answers to 100 banners")
                .containsPattern("Answers to 100 banners</dt><dd class=\"number\">5[0-9]</dd>")
                .doesNotContain("<script>");
        assertThat(page(auditor, full, "statistics?from=2026-08-01&to=2026-11-22"))
                .contains("By week", ">2026-11-16</th>");
    }

    @Test
    void csv_hasEveryCount() {
        HttpResponse<String> csv = auditor.get(at(full, "statistics.csv" + DAYS));
        assertThat(csv.headers().firstValue("content-type")).contains("text/csv; charset=utf-8");
        assertThat(csv.body())
                .startsWith("day,version,language,layout,what,name,count\r\n")
                .contains("2026-11-22,2,en,desktop,action,accept_all,")
                .contains("2026-11-22,2,en,desktop,granted,theme,")
                .contains("2026-11-22,2,en,desktop,shown,banner,")
                .doesNotContain("2026-10-23");
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, Give a day",
        "to=2026-13-45, Give a day",
        "from=+999999999-01-01, Give a day",
        "from=2026-11-02&to=2026-11-01, lies before",
        "from=2001-01-01&to=2026-01-01, at most",
        "from=%E2%80%AE%F0%9F%98%80%3Cscript%3E, Give a day"
    })
    void faultySpan_isToldAtItsField(String query, String words) {
        HttpResponse<String> page = auditor.get(at(full, "statistics?" + query));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(422);
        assertThat(page.body()).contains(words).doesNotContain("<script>");
        assertThat(auditor.get(at(full, "statistics.csv?" + query)).statusCode()).isEqualTo(422);
    }

    @Test
    void counting_isTurnedOnInTheDraftByWhoMay() {
        String site = TestSite.publish(server.getURI()).siteKey();
        assertThat(auditor.post(at(site, "statistics/shown"), "count", "yes").statusCode())
                .isEqualTo(403);
        HttpResponse<String> done = owner.post(at(site, "statistics/shown"), "count", "yes");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
        assertThat(
                        owner.post(at(site, "undeclared/sample"), "oneIn", "50", "sample", "yes")
                                .statusCode())
                .isEqualTo(303);
        assertThat(api.get("/v1/admin/sites/" + site + "/draft").body())
                .contains("\"countShown\":true", "\"sampleUndeclared\":50");
        assertThat(page(owner, site, "statistics")).contains("The draft turns this on");
        assertThat(page(owner, site, "undeclared")).contains("one page view in 50");

        owner.post(at(site, "statistics/shown"), "count", "no");
        owner.post(at(site, "undeclared/sample"), "oneIn", "x", "sample", "no");
        assertThat(api.get("/v1/admin/sites/" + site + "/draft").body())
                .doesNotContain("countShown", "sampleUndeclared");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "100001", "9999999999", "<b>", "\u202e😀"})
    void faultySample_isToldAtItsField(String oneIn) {
        HttpResponse<String> page =
                owner.post(at(full, "undeclared/sample"), "oneIn", oneIn, "sample", "yes");
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains("Give a number").doesNotContain("<b>");
    }

    @Test
    void bannersShown_standOnThePage() {
        TestCounting counted = TestCounting.publish(server.getURI());
        assertThat(counted.shown(2, "fr", "mobile").statusCode()).isEqualTo(204);
        assertThat(page(auditor, counted.site().siteKey(), "statistics"))
                .contains("Banners shown", "too few to tell", ">mobile</td>");
    }

    @Test
    void foundName_isDeclaredIgnoredAndCleared() {
        TestCounting told = TestCounting.publish(server.getURI());
        String site = told.site().siteKey();
        told.tell(
                "undeclared",
                "{\"version\":2,\"cookie\":[\"_fbp\",\"uid_12345\",\"<b>bold\"],\"localStorage\":[\"cart\"]}");
        assertThat(page(auditor, site, "undeclared"))
                .contains("_fbp", "uid_#####", "&lt;b&gt;bold", "cart")
                .doesNotContain("<b>bold", "Declare", "Clear the list");
        assertThat(page(owner, site, "undeclared")).contains("value=\"uid_*\"");

        owner.post(
                at(site, "undeclared/declare"),
                "type",
                "cookie",
                "name",
                "uid_*",
                "purpose",
                "analytics");
        assertThat(api.get("/v1/admin/sites/" + site + "/draft").body())
                .contains("{\"match\":\"prefix\",\"name\":\"uid_*\",\"type\":\"cookie\"}");
        owner.post(
                at(site, "undeclared/ignore"), "type", "cookie", "name", "_fbp", "ignore", "yes");
        assertThat(page(owner, site, "undeclared")).contains("Declared since (1)", "Ignored (1)");

        assertThat(owner.post(at(site, "undeclared/clear")).statusCode()).isEqualTo(303);
        assertThat(page(owner, site, "undeclared")).contains("Nothing to judge");
        assertThat(owner.get("/console/trail").body()).contains("tracker declared");
    }

    @Test
    void nonsense_isDeclaredNowhere() {
        String site = TestSite.publish(server.getURI()).siteKey();
        String path = at(site, "undeclared/declare");
        assertThat(owner.post(path, "type", "cookie", "name", "x", "purpose", "none").statusCode())
                .isEqualTo(422);
        assertThat(owner.post(path, "type", "jar", "name", "x", "purpose", "theme").statusCode())
                .isEqualTo(422);
        assertThat(owner.post(path, "type", "cookie", "name", "", "purpose", "theme").statusCode())
                .isEqualTo(422);
        assertThat(
                        owner.post(
                                        path,
                                        "type",
                                        "cookie",
                                        "name",
                                        "x".repeat(5000),
                                        "purpose",
                                        "theme")
                                .statusCode())
                .isEqualTo(422);
        assertThat(owner.post(at(site, "undeclared/ignore"), "type", "x", "name", "y").statusCode())
                .isEqualTo(422);
    }

    @Test
    void foreignSite_isNotThere() {
        for (String page : List.of("statistics", "statistics.csv", "undeclared")) {
            assertThat(owner.get(at("aaaaaaaaaa", page)).statusCode()).as(page).isEqualTo(404);
        }
        for (String form :
                List.of(
                        "statistics/shown",
                        "undeclared/sample",
                        "undeclared/declare",
                        "undeclared/ignore",
                        "undeclared/clear")) {
            assertThat(owner.post(at("aaaaaaaaaa", form)).statusCode()).as(form).isEqualTo(404);
            assertThat(auditor.post(at(full, form)).statusCode()).as(form).isEqualTo(403);
        }
    }

    private static String page(TestOperator reader, String site, String page) {
        HttpResponse<String> answer = reader.get(at(site, page));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String at(String site, String page) {
        return "/console/sites/" + site + "/" + page;
    }
}
