// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.account.SetUp;
import dev.assent.consent.TestChoice;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An owner lets an auditor in by a link, to one site, for a while. */
class ShareLinksTest {
    private static final Pattern LINK = Pattern.compile("http://[^<\\s]+(/audit/[\\w-]{43})");

    private static EmbeddedServer server;
    private static String url;
    private static TestOperator owner;
    private static TestOperator editor;
    private static TestSite site;
    private static String base;
    private static Http http;

    @BeforeAll
    static void start() {
        Map<String, String> properties = TestApi.properties();
        url = Objects.requireNonNull(properties.get("assent.database.url"));
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(properties));
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, "olive@example.com");
        editor = owner.colleague("ed@example.com", "editor");
        site = TestSite.publish(server.getURI());
        base = "/console/sites/" + site.siteKey() + "/audit";
        http = new Http(server.getURI());
        for (int i = 0; i < 3; i++) {
            assertThat(site.send(TestChoice.json(site)).statusCode()).isEqualTo(201);
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> owner.get(base).body().contains("<dd>1 to 3</dd>"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void link_opensTheSiteToReadAndNothingElse() {
        String cookie = session(make("Ada, Audit & Co", "7"));

        String page = visit("/audit/site", cookie).body();
        assertThat(page)
                .contains("Ada, Audit &amp; Co", "<dd>1 to 3</dd>", "Keep the checkpoint")
                .doesNotContain("New link", "/console/", "olive@example.com");
        for (String path : List.of("/sample", "/between", "/files")) {
            assertThat(visit("/audit/site" + path, cookie).statusCode()).as(path).isEqualTo(200);
        }
        for (String path :
                List.of(
                        base,
                        "/console/sites",
                        "/console/trail",
                        "/console/sites/" + site.siteKey() + "/records")) {
            assertThat(visit(path, cookie).statusCode()).as(path).isEqualTo(303);
        }
    }

    @Test
    void exchange_leavesTheTokenBehind() {
        HttpResponse<String> answer = visit(make("Referrer", "7"), "");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).contains("/audit/site");
        assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("x-robots-tag")).contains("noindex, nofollow");
        assertThat(answer.headers().firstValue("cache-control")).contains("private, no-store");
        assertThat(answer.headers().firstValue("set-cookie"))
                .hasValueSatisfying(cookie ->
                        assertThat(cookie).contains("Path=/audit", "HTTPOnly", "SameSite=Lax"));
        HttpResponse<String> page = visit("/audit/site", cookie(answer));
        assertThat(page.headers().firstValue("referrer-policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("x-robots-tag")).contains("noindex, nofollow");
    }

    @Test
    void token_isStoredAsAHashAndShownOnce() throws SQLException {
        String link = make("Hashed", "7");
        String token = link.substring("/audit/".length());
        visit(link, "");
        assertThat(owner.get(base).body()).contains("Hashed").doesNotContain(token);
        assertThat(owner.get("/console/trail").body()).doesNotContain(token);
        assertThat(text("select string_agg(t::text, ' ') from share_link t")).doesNotContain(token);
    }

    @Test
    void uses_areCountedAndNoted() {
        String link = make("Counted", "7");
        assertThat(row("Counted")).contains("Never");
        http.send("HEAD", link, "", "Accept", "text/html");
        assertThat(row("Counted")).contains("Never");
        visit(link, "");
        visit(link, "");
        assertThat(row("Counted")).contains("2 times");
        assertThat(owner.get("/console/trail").body())
                .contains(
                        "share link made", "share link used", "“Counted”", "whoever has the link");
    }

    @Test
    void revokedLink_opensNothingAndEndsItsSessions() throws SQLException {
        String link = make("Revoked", "7");
        String cookie = session(link);
        String id = text("select id::text from share_link where label = 'Revoked'");

        assertThat(editor.post(base + "/links/end", "link", id).statusCode()).isEqualTo(403);
        assertThat(owner.post(base + "/links/end", "link", id).statusCode()).isEqualTo(303);

        assertClosed(visit(link, ""));
        assertClosed(visit("/audit/site", cookie));
        assertClosed(visit("/audit/site/sample.csv?size=1&seed=x&count=1", cookie));
        assertThat(row("Revoked")).contains("ended");
        assertThat(owner.get("/console/trail").body()).contains("share link revoked");
        HttpResponse<String> again = owner.post(base + "/links/end", "link", id);
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).contains("has ended already");
        assertThat(owner.post(base + "/links/end").statusCode()).isEqualTo(422);
    }

    @Test
    void expiredLink_looksLikeOneThatNeverWas() throws SQLException {
        String link = make("Expired", "1");
        String cookie = session(link);
        change(
                "update share_link set created_at = now() - interval '2 days',"
                        + " expires_at = now() - interval '1 second' where label = 'Expired'");

        HttpResponse<String> expired = visit(link, "");
        HttpResponse<String> unknown = visit("/audit/" + "A".repeat(43), "");
        assertClosed(expired);
        assertClosed(unknown);
        assertThat(expired.body()).isEqualTo(unknown.body());
        assertClosed(visit("/audit/site", cookie));
        assertThat(row("Expired")).contains("expired");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/audit/x",
                "/audit/%E2%80%AE%F0%9F%98%80",
                "/audit/%3Cscript%3E",
                "/audit/site",
                "/audit/site/sample",
                "/audit/site/between"
            })
    void whatOpensNothing_isTheSamePage(String path) {
        assertClosed(visit(path, ""));
        assertClosed(visit(path, "assent-audit=" + "B".repeat(43)));
        assertClosed(visit(path, "assent-audit=" + "%".repeat(300)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', 7, Say for whom",
        "'a\u0007b', '', '', 7, Say for whom",
        "x, yesterday, '', 7, Give a day",
        "x, '', 2026-13-01, 7, Give a day",
        "x, 2026-02-01, 2026-01-01, 7, ends before it begins",
        "x, 999999-01-01, '', 7, Give a day",
        "x, '', '', 0, 1 to 90",
        "x, '', '', 91, 1 to 90",
        "x, '', '', -1, 1 to 90",
        "x, '', '', 99999999999999999999, 1 to 90",
        "x, '', '', seven, 1 to 90"
    })
    void faultyWish_isToldAtItsFieldAndKept(
            String label, String from, String to, String days, String words) {
        HttpResponse<String> page =
                owner.post(base + "/links", "label", label, "from", from, "to", to, "days", days);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(422);
        assertThat(page.body()).contains(words, "value=\"" + days + "\"").doesNotContain("made\"");
    }

    @Test
    void hostileLabel_isOnlyText() {
        String hostile = "<script>alert(1)</script> \u202e😀 '; drop table share_link;";
        String cookie = session(make(hostile, "7"));
        assertThat(visit("/audit/site", cookie).body())
                .contains("&lt;script&gt;", "<bdi>")
                .doesNotContain("<script>alert");
        assertThat(owner.get("/console/trail").body()).doesNotContain("<script>alert");
        assertThat(owner.post(base + "/links", "label", "x".repeat(201), "days", "7").statusCode())
                .isEqualTo(422);
    }

    @Test
    void span_boundsWhatTheGuestSees() {
        HttpResponse<String> made =
                owner.post(base + "/links", "label", "Past", "to", "2020-01-01", "days", "7");
        String cookie = session(link(made));
        assertThat(visit("/audit/site", cookie).body())
                .contains("No evidence yet", "before 2 January 2020")
                .doesNotContain("1 to 3");
        long size = size();
        HttpResponse<String> drawn =
                visit("/audit/site/sample?size=" + size + "&seed=x&count=3", cookie);
        assertThat(drawn.statusCode()).isEqualTo(422);
        assertThat(visit("/audit/site/between.ndjson?first=1&last=3", cookie).statusCode())
                .isEqualTo(303);
    }

    @Test
    void onlyOwners_makeLinks() {
        HttpResponse<String> answer = editor.post(base + "/links", "label", "x", "days", "7");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(editor.get(base).body()).doesNotContain("New link");
        assertThat(owner.send(base + "/links", "label", "No token", "days", "7").statusCode())
                .isEqualTo(403);
    }

    @Test
    void siteOfOthers_isNotThere() throws SQLException {
        change(
                "with o as (insert into organization (name, created_at) values ('Other', now())"
                        + " returning id) insert into site (organization_id, site_key, name, origins,"
                        + " retention, created_at) select id, 'ZZZZZZZZZZ', 'Other',"
                        + " '{https://other.example}', 'P2Y', now() from o");
        String other = "/console/sites/ZZZZZZZZZZ/audit";
        for (String path : List.of("", "/sample", "/between", "/files")) {
            assertThat(owner.get(other + path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(owner.post(other + "/links", "label", "x", "days", "7").statusCode())
                .isEqualTo(404);
    }

    @Test
    void guessing_isSlowedDown() {
        Http stranger = new Http(server.getURI());
        int last = 0;
        for (int i = 0; i < 60 && last != 429; i++) {
            last = stranger.get("/audit/guess-" + i, "Accept", "text/html").statusCode();
        }
        assertThat(last).isEqualTo(429);
        server.getApplicationContext().getBean(GuestDoor.class).forget();
    }

    @Test
    void guest_isSlowedDownToo() {
        String cookie = session(make("Busy", "7"));
        int last = 200;
        for (int i = 0; i <= GuestDoor.REQUESTS_A_MINUTE && last == 200; i++) {
            last = http.get("/audit/site/between", "Cookie", cookie).statusCode();
        }
        assertThat(last).isEqualTo(429);
    }

    private static void assertClosed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).contains("Nothing is open here");
        assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
    }

    private static String make(String label, String days) {
        return link(owner.post(base + "/links", "label", label, "days", days));
    }

    /** The path of the link that the page shows. */
    private static String link(HttpResponse<String> page) {
        Matcher link = LINK.matcher(page.body());
        assertThat(link.find()).as(page.body()).isTrue();
        return link.group(1);
    }

    private static String session(String link) {
        return cookie(visit(link, ""));
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
    }

    private static HttpResponse<String> visit(String path, String cookie) {
        server.getApplicationContext().getBean(GuestDoor.class).forget();
        return http.get(path, "Accept", "text/html", "Cookie", cookie);
    }

    /** The row of the table of links that has this label. */
    private static String row(String label) {
        String page = owner.get(base).body();
        int from = page.indexOf("<bdi>" + label + "</bdi>");
        return page.substring(from, page.indexOf("</tr>", from));
    }

    private static long size() {
        return Long.parseLong(http.get("/log/checkpoint").body().split("\n")[1]);
    }

    private static String text(String query) throws SQLException {
        try (Connection connection = TestServers.connect(url);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void change(String sql) throws SQLException {
        try (Connection connection = TestServers.connect(url);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
