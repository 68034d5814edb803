// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.assent.TestApi;
import dev.assent.TestOperator;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.account.SetUp;
import dev.assent.consent.TestChoice;
import dev.assent.console.Assets;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sites and keys, as their owner, an editor and an auditor see them. */
class SitePagesTest {
    private static final String SITES = "/console/sites";
    private static final String SCRIPT = "<script>alert(1)</script> \u202eevil 𝕬";

    private static EmbeddedServer server;
    private static TestOperator owner;
    private static TestOperator editor;
    private static TestOperator auditor;
    private static String first;

    @BeforeAll
    static void start() {
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(TestApi.properties()));
        String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, "olive@example.com");
        first = owner.get(SITES).body();
        editor = owner.colleague("edith@example.com", "editor");
        auditor = owner.colleague("aude@example.com", "auditor");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void console_beginsWithTheSites() {
        assertThat(location(owner.get("/console"))).isEqualTo(SITES);
    }

    @Test
    void firstSignIn_landsOnTheFirstStep() {
        assertThat(first)
                .contains("From here to a live banner", "the demonstration page")
                .containsPattern("class=\"step next\"[^>]*>\\s*<h3>Make a site")
                .contains("href=\"/console/sites/new\">Make a site");
    }

    @Test
    void site_isMadeSeenChangedAndRemoved() {
        String site = make("Shop & Sons", "https://shop.example\n\nhttps://*.shop.example");
        HttpResponse<String> page = editor.get(site + "?done=site-made");
        assertThat(page.body())
                .contains("The site is made", "Shop &amp; Sons", "Nothing yet")
                .contains("&lt;script async src=\"http://localhost:");
        assertThat(auditor.get(SITES).body()).contains("Shop &amp; Sons", "None");

        HttpResponse<String> settings = editor.get(site + "/settings");
        assertThat(settings.body()).contains("selected>2 years");
        HttpResponse<String> saved =
                editor.post(
                        site + "/settings",
                        "seen",
                        seen(settings),
                        "name",
                        "Shop",
                        "origins",
                        "https://new.example",
                        "cookieDomain",
                        "new.example",
                        "retention",
                        "P5Y");
        assertThat(location(saved)).isEqualTo(site + "/settings?done=settings-saved");
        assertThat(auditor.get(site + "/settings").body())
                .contains("https://new.example", "5 years")
                .doesNotContain("<textarea", "Remove the site");

        assertThat(editor.post(site + "/remove", "confirm", "shop").statusCode()).isEqualTo(422);
        HttpResponse<String> removed = editor.post(site + "/remove", "confirm", "Shop");
        assertThat(location(removed)).isEqualTo(SITES + "?done=site-removed");
        assertThat(editor.get(site).statusCode()).isEqualTo(404);
        assertThat(auditor.get(SITES).body()).contains("Removed", site + "/records");
        assertThat(auditor.get(site + "/records").body())
                .contains("This site is removed.")
                .doesNotContain(site + "/settings");
        assertThat(auditor.get("/console/trail").body())
                .contains("site made", "site changed", "site removed");
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://a.example, '', P1Y, site-name",
        "A, a.example, '', P1Y, site-origins",
        "A, '', '', P1Y, site-origins",
        "A, https://a.example, com, P1Y, site-cookieDomain",
        "A, https://a.example, b.example, P1Y, site-cookieDomain",
        "A, https://a.example, '', '', site-retention",
        "A, https://a.example, '', P11Y, site-retention",
        "A, https://a.example, '', nonsense, site-retention"
    })
    void faultySite_isShownAgainWithItsFaultAtItsField(
            String name, String origins, String domain, String retention, String field) {
        HttpResponse<String> again = send(name, origins, domain, retention);
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body())
                .contains("href=\"#" + field + "\"", "id=\"" + field + "-wrong\"")
                .contains("aria-invalid=\"true\"");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8099/index.html, ', try http://localhost:8099: expected an origin'",
        "shop.example, ', try https://shop.example: expected an origin'",
        "http://shop.example/a?b, ', try http://shop.example: expected an origin'",
        "nonsense, ': expected an origin'"
    })
    void faultyOrigin_isSaidAsItWasTyped(String origin, String rest) {
        assertThat(send("A", origin, "", "P1Y").body())
                .contains("-wrong\">Instead of “" + origin + "”" + rest);
    }

    @Test
    void hugeFields_areShownAgainEachWithItsFault() {
        String huge = "𝕬".repeat(20_000);
        HttpResponse<String> again = send(huge, huge, huge, huge);
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body())
                .contains("value=\"" + huge + "\"")
                .contains("site-name-wrong", "site-origins-wrong", "site-cookieDomain-wrong");
    }

    @Test
    void hostileName_isShownAndNothingElse() {
        String site = make(SCRIPT, "https://hostile.example");
        for (String path : List.of(SITES, site, site + "/settings")) {
            HttpResponse<String> page = owner.get(path);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("&lt;script&gt;alert").doesNotContain("<script>alert");
        }
        for (String text : List.of("x".repeat(100_000), "\n".repeat(2000) + "x", "\ud800", "𝕬")) {
            assertThat(send(text, text, text, text).statusCode()).isBetween(400, 499);
        }
    }

    @Test
    void menus_markWhereOneIs() {
        String site = make("Marked", "https://marked.example");
        String sites = "href=\"/console/sites\" aria-current=\"";
        assertThat(owner.get(SITES).body()).contains(sites + "page\"");
        assertThat(owner.get(SITES + "/new").body()).contains(sites + "true\"");
        assertThat(owner.get("/console/keys").body())
                .contains("href=\"/console/keys\" aria-current=\"page\"")
                .doesNotContain(sites);
        for (String page : List.of("", "/settings", "/webhooks", "/audit", "/records")) {
            assertThat(owner.get(site + page).body())
                    .as(page)
                    .contains(sites + "true\"")
                    .contains("href=\"" + site + page + "\" aria-current=\"page\"");
        }
        assertThat(owner.get(site + "/audit/sample").body())
                .contains("href=\"" + site + "/audit\" aria-current=\"true\"");
    }

    @Test
    void characterThatNoTextHolds_isLeftOutAndTheRestGivenBack() {
        HttpResponse<String> told =
                editor.post(
                        SITES,
                        "name",
                        "Pas\0ted",
                        "origins",
                        "https://pasted.example",
                        "retention",
                        "P2Y");
        assertThat(told.statusCode()).isEqualTo(422);
        assertThat(told.body())
                .contains("U+0000", "action=\"/console/sites\"", "value=\"Pasted\"")
                .contains("https://pasted.example");
        assertThat(owner.get(SITES).body()).doesNotContain("Pasted");
        HttpResponse<String> door =
                TestOperator.at(server.getURI()).send("/signin", "email", "a\0b", "password", "x");
        assertThat(door.statusCode()).isEqualTo(400);
        assertThat(door.body()).contains("U+0000", "Back leads to what you sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1/hook", "http://www.example.com/hook"})
    void webhookThatWouldLeadInside_namesTheSettingAndWhoseItIs(String url) {
        String site = make("Intranet", "https://intranet.example");
        HttpResponse<String> refused =
                owner.post(site + "/webhooks", "url", url, "types", "consent.recorded");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("Only whoever runs this service can allow that")
                .contains("ASSENT_WEBHOOK_PRIVATE=true");
    }

    @Test
    void auditor_changesNothing() {
        String site = make("Kept", "https://kept.example");
        assertThat(auditor.get(SITES + "/new").statusCode()).isEqualTo(403);
        for (String path : List.of(SITES, site + "/settings", site + "/remove", site + "/check")) {
            assertThat(auditor.post(path, "confirm", "Kept").statusCode()).isEqualTo(403);
        }
        assertThat(auditor.get(site).body()).doesNotContain("<form");
        for (TestOperator other : List.of(auditor, editor)) {
            assertThat(other.get("/console/keys").statusCode()).isEqualTo(200);
            assertThat(other.get("/console/keys").body()).doesNotContain("<form");
            assertThat(other.post("/console/keys", "name", "x", "scopes", "sites").statusCode())
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOREIGN000", "0000000000", "..", "%00", "%F0%9D%95%AC"})
    void foreignSite_isLikeAnUnknownOne(String key) throws SQLException {
        insertForeign();
        String site = SITES + "/" + key;
        assertThat(owner.get(site).statusCode()).isIn(400, 404);
        assertThat(owner.get(site + "/settings").statusCode()).isIn(400, 404);
        for (String path : List.of("/settings", "/remove", "/check")) {
            HttpResponse<String> answer =
                    owner.post(site + path, "confirm", "Foreign", "name", "Mine");
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
            assertThat(answer.body()).doesNotContain("foreign.example");
        }
        assertThat(owner.get(SITES).body()).doesNotContain("FOREIGN000");
    }

    @Test
    void wayToALiveBanner_isShownUntilAVisitorHasAnswered() {
        String site = make("Beginning", "https://beginning.example");
        assertThat(step(site, 1)).isEqualTo("done");
        assertThat(step(site, 2)).isEqualTo("next");
        TestSite shop = TestSite.publish(server.getURI());
        String published = SITES + "/" + shop.siteKey();
        assertThat(step(published, 2)).isEqualTo("done");
        assertThat(step(published, 3)).isEqualTo("next");
        assertThat(shop.send(TestChoice.json(shop)).statusCode()).isEqualTo(201);
        assertThat(owner.get(published).body()).doesNotContain("class=\"steps\"");
    }

    @Test
    void publishedSite_showsThreeWaysToEmbed() {
        TestSite site = TestSite.publish(server.getURI());
        String page = owner.get(SITES + "/" + site.siteKey()).body();
        String tag = "/w/" + site.siteKey();
        String script = site.http().get(tag + ".js").body();
        byte[] hash = dev.assent.merkle.Hash.of(script.getBytes(StandardCharsets.UTF_8)).bytes();
        String integrity = "sha256-" + java.util.Base64.getEncoder().encodeToString(hash);
        assertThat(page)
                .contains("Version 1", tag + ".js\"", tag + ".js?language=fr")
                .contains(integrity, "@assent/widget", "data-copy");
    }

    @Test
    void check_saysWhetherTheTagIsThere() throws IOException {
        HttpServer shop =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String origin = "http://localhost:" + shop.getAddress().getPort();
        String site = make("Checked", origin);
        String key = site.substring(SITES.length() + 1);
        String service = "http://localhost:" + server.getPort();
        serve(shop, "/good", "<script async src=\"" + service + "/w/" + key + ".js\"></script>");
        serve(shop, "/moved", "<script src=\"https://old.example/w/" + key + ".js\"></script>");
        serve(shop, "/other", "<script src=\"" + service + "/w/AAAAAAAAAA.js\"></script>");
        serve(shop, "/none", "<p>nothing</p>");
        serve(
                shop,
                "/early",
                """
                <script async src="%s/w/%s.js"></script>
                <script src="/own.js"></script><script src="//stats.example/a.js"></script>
                <script type="text/plain" data-assent="x" src="https://held.example/b.js"></script>
                """
                        .formatted(service, key));
        shop.start();
        try {
            assertThat(step(site, 3)).isEqualTo("later");
            assertThat(check(site, origin + "/good")).contains("The tag is there.", "note good");
            assertThat(step(site, 3)).isEqualTo("done");
            assertThat(check(site, origin + "/good")).doesNotContain("before anybody");
            assertThat(check(site, origin + "/early"))
                    .contains("The tag is there.", "<bdi>stats.example</bdi>", "before anybody")
                    .doesNotContain("held.example");
            check(site, origin + "/good");
            assertThat(auditor.get("/console/trail").body()).containsOnlyOnce("tag found: ");
            assertThat(check(site, origin + "/moved")).contains("another address");
            assertThat(check(site, origin + "/other")).contains("another site’s key");
            assertThat(check(site, origin + "/none?a=b#c")).contains("No tag was found");
            assertThat(check(site, origin + "/nowhere")).contains("The answer was 404");
            for (String address :
                    List.of(
                            "",
                            "shop",
                            "https://elsewhere.example/",
                            "file:///etc/passwd",
                            SCRIPT)) {
                assertThat(check(site, address)).contains("check-page-wrong");
            }
        } finally {
            shop.stop(0);
        }
        assertThat(check(site, origin + "/good")).contains("Nothing answers there");
    }

    @Test
    void styleSheet_isKeptForAYearUnderItsHashAlone() {
        String path = Assets.path("console.css");
        HttpResponse<String> sheet = owner.get(path);
        assertThat(owner.get(SITES).body()).contains(path);
        assertThat(sheet.body()).startsWith("@layer pico{").contains("--pico-", ".entry");
        assertThat(sheet.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/css");
        assertThat(sheet.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        HttpResponse<String> other = owner.get("/assets/0123456789abcdef/console.css");
        assertThat(other.headers().firstValue("Cache-Control")).hasValue("no-cache");
        for (String name : List.of("nothing.css", "..%2fapplication.yml", "x.yml")) {
            assertThat(owner.get("/assets/0123456789abcdef/" + name).statusCode()).isIn(400, 404);
        }
    }

    /** {@code done}, {@code next} or {@code later}. */
    private static String step(String site, int number) {
        Matcher step = Pattern.compile("class=\"step (\\w+)\"").matcher(editor.get(site).body());
        for (int i = 0; i < number; i++) {
            assertThat(step.find()).isTrue();
        }
        return step.group(1);
    }

    private static String check(String site, String address) {
        return editor.post(site + "/check", "page", address).body();
    }

    private static String make(String name, String origins) {
        String there = location(send(name, origins, "", "P2Y"));
        assertThat(there).endsWith("?done=site-made");
        return there.substring(0, there.indexOf('?'));
    }

    private static HttpResponse<String> send(
            String name, String origins, String domain, String retention) {
        return editor.post(
                SITES,
                "name",
                name,
                "origins",
                origins,
                "cookieDomain",
                domain,
                "retention",
                retention);
    }

    private static String seen(HttpResponse<String> page) {
        Matcher seen = Pattern.compile("name=\"seen\" value=\"([0-9a-f]+)\"").matcher(page.body());
        assertThat(seen.find()).as(page.body()).isTrue();
        return seen.group(1);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static void serve(HttpServer shop, String path, String html) {
        shop.createContext(
                path,
                exchange -> {
                    try (exchange) {
                        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(200, bytes.length);
                        exchange.getResponseBody().write(bytes);
                    }
                });
    }

    private static void insertForeign() throws SQLException {
        String url =
                server.getApplicationContext()
                        .getProperty("assent.database.url", String.class)
                        .orElseThrow();
        try (var connection = TestServers.connect(url);
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    with other as (
                        insert into organization (name, created_at) values ('Other', now())
                        returning id)
                    insert into site
                        (organization_id, site_key, name, origins, retention, created_at)
                    select id, 'FOREIGN000', 'Foreign', '{https://foreign.example}', 'P24M', now()
                    from other
                    on conflict do nothing
                    """);
        }
    }
}
