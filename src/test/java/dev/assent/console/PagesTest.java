// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Browser;
import dev.assent.TestApi;
import dev.assent.consent.TestChoice;
import dev.assent.receipt.JsonObject;
import dev.assent.web.ProblemType;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All pages: as HTTP answers them, and as a browser shows them. */
class PagesTest {
    private static final String OF_A_BROWSER =
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";
    private static final String SCRIPT = "<script>document.title = 'broken'</script>";
    private static final String IMAGE = "\"><img src=x onerror=\"document.title='broken'\">";

    /** Turns what follows around, unless it is kept apart. */
    private static final String OVERRIDE = "\u202eولد";

    private static final String LONG = "wörtlich ".repeat(220).strip();
    private static final String UNBROKEN = "x".repeat(1980);

    private static EmbeddedServer server;
    private static TestApi api;
    private static String site;

    @BeforeAll
    static void start() {
        server =
                ApplicationContext.run(
                        EmbeddedServer.class, new HashMap<String, Object>(TestApi.properties()));
        api = TestApi.of(server.getURI());
        site = value(api.get("/v1/admin/sites").objects().findFirst().orElseThrow(), "siteKey");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void head_namesTheTypeThatGetHas() {
        String record = choose("en", "reject_all", Instant.now());
        for (String path : List.of(record, "/verify", "/verify.mjs", "/log/vkey")) {
            for (String accept : List.of("*/*", OF_A_BROWSER)) {
                TestApi.Answer head = api.send("HEAD", path, null, "Accept", accept);
                assertThat(head.header("content-type"))
                        .as(path)
                        .isNotEmpty()
                        .isEqualTo(api.get(path, "Accept", accept).header("content-type"));
                assertThat(head.body()).isEmpty();
            }
        }
    }

    @Test
    void aRecord_isAPageForPeopleAndJsonForPrograms() {
        String path = choose("en", "reject_all", Instant.now());

        TestApi.Answer page = page(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html;charset=utf-8");
        assertThat(page.header("cache-control")).isEqualTo("private, no-store");
        assertThat(page.header("x-robots-tag")).isEqualTo("noindex");
        assertThat(page.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(page.header("vary")).contains("Accept");
        assertThat(page.header("content-security-policy"))
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe", "script-src");
        for (String accept : List.of("*/*", "application/json", "text/html, application/json")) {
            TestApi.Answer json = api.get(path, "Accept", accept);
            assertThat(json.header("content-type")).as(accept).startsWith("application/json");
            assertThat(page.body()).contains(json.body());
            assertThat(json.header("link")).contains("/v1/artefacts/").contains("describedby");
            assertThat(page.header("link")).isEqualTo(json.header("link"));
        }
        assertThat(api.get(path).header("content-type")).startsWith("application/json");
        assertThat(api.get(path, "Accept", "image/png").status()).isEqualTo(406);
    }

    @Test
    void aLateChoice_isExplained() {
        String path = choose("en", "accept_all", Instant.now().minus(50, ChronoUnit.HOURS));

        assertThat(page(path).body())
                .contains("By the browser’s clock it was 2 days 2 hours before")
                .contains("neither", "Everything accepted");
    }

    @Test
    void noRecord_looksTheSameWhateverTheReason() {
        String never = page("/v1/consents/" + TestChoice.id()).body();

        assertThat(never).contains("There is no such record");
        for (String path :
                List.of("/v1/consents/abc", "/v1/consents/%00", "/v1/consents/" + new UUID(0, 0))) {
            TestApi.Answer answer = page(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).isEqualTo(never);
            assertThat(answer.header("cache-control")).isEqualTo("private, no-store");
            assertThat(answer.header("x-robots-tag")).isEqualTo("noindex");
        }
    }

    @Test
    void hostileWords_areShownAndNothingElse() {
        publish(
                """
                "en": {"title": "%s", "body": "%s {controller}", "purposes": {
                  "theme": {"name": "%s", "description": "%s"}}},
                "ar": {"title": "%s", "body": "%s"}
                """
                        .formatted(
                                json(SCRIPT), UNBROKEN, json(IMAGE), LONG, OVERRIDE, json(IMAGE)));
        String english = choose("en", "accept_all", Instant.now());
        String arabic = choose("ar", "reject_all", Instant.now());

        assertThat(page(english).body()).doesNotContain("<script", "<img src=x").contains(LONG);
        assertThat(page(arabic).body()).contains("lang=\"ar\" dir=\"rtl\"");
        try (Browser browser = Browser.open()) {
            browser.resize(500, 900);
            for (String path : List.of(english, arabic)) {
                browser.go(server.getURI() + path);
                assertThat(browser.run("return document.title"))
                        .isEqualTo("Consent record · Assent");
                assertThat(overflow(browser)).as(path).isLessThanOrEqualTo(0);
                assertThat(browser.complaints()).isEmpty();
            }
            browser.go(server.getURI() + english);
            assertThat(browser.see(".asked h3").getText()).isEqualTo(SCRIPT);
            assertThat(browser.see("[data-purpose=theme] h3").getText()).isEqualTo(IMAGE);
        }
    }

    @Test
    void errors_arePagesForPeopleOutsideTheApi() {
        assertThat(page("/nowhere").status()).isEqualTo(404);
        assertThat(page("/nowhere").body()).contains("There is nothing here");
        assertThat(api.get("/nowhere").header("content-type"))
                .isEqualTo("application/problem+json");
        TestApi.Answer wrong = api.send("POST", "/demo", "{}", "Accept", OF_A_BROWSER);
        assertThat(wrong.status()).isEqualTo(405);
        assertThat(wrong.body()).contains("That does not work here");
        for (String path : List.of("/v1/nowhere", "/v1/artefacts/00", "/w/nowhere.js", "/log/x")) {
            assertThat(page(path).status()).as(path).isEqualTo(404);
            assertThat(page(path).header("content-type"))
                    .as(path)
                    .isEqualTo("application/problem+json");
        }
    }

    @Test
    void everyProblem_isExplainedUnderItsType() {
        String all = page("/problems").body();
        for (ProblemType type : ProblemType.values()) {
            String address = type.problem("x").type();
            assertThat(page(address).body()).contains(type.meaning());
            assertThat(all).contains("id=\"" + type.code() + "\"");
        }
        assertThat(page("/problems/invalid-policy-draft").status()).isEqualTo(200);
        assertThat(page("/problems/nonsense").status()).isEqualTo(404);
    }

    @Test
    void theDescription_namesEveryPathThatThePageShows() {
        String yaml = api.get("/openapi.yml").body();
        assertThat(yaml).startsWith("openapi: 3").contains("title: Assent", "scheme: bearer");
        String docs = page("/docs").body();
        assertThat(yaml.lines().filter(line -> line.matches("  /\\S+:")).map(String::strip))
                .hasSizeGreaterThan(8)
                .allSatisfy(path -> assertThat(docs).contains(path.replace(":", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyPage_isOpenToEverybody(String scheme) {
        String record = choose("fr", "reject_all", Instant.now());
        try (Browser browser = Browser.open()) {
            browser.prefer(scheme);
            for (String path :
                    Stream.of("/", "/docs", "/problems", "/nowhere", "/demo", record).toList()) {
                browser.go(server.getURI() + path);
                if (path.equals("/demo")) {
                    browser.see("#assent [data-assent=banner]");
                }
                assertThat(browser.barriers()).as(path + " " + scheme).isEmpty();
                assertThat(browser.complaints())
                        .as(path)
                        .allMatch(line -> path.equals("/nowhere") && line.contains("404"));
            }
        }
    }

    private static long overflow(Browser browser) {
        return (long) browser.run("return document.documentElement.scrollWidth - innerWidth");
    }

    private static TestApi.Answer page(String path) {
        return api.get(path, "Accept", OF_A_BROWSER);
    }

    /** Sends a choice under the live policy; returns the path of its record. */
    private static String choose(String language, String action, Instant occurredAt) {
        JsonObject live =
                api.get("/v1/admin/sites/" + site + "/policies")
                        .objects()
                        .findFirst()
                        .orElseThrow();
        boolean granted = action.equals("accept_all");
        UUID id = TestChoice.id();
        String choice =
                """
                {"id":"%s","policy":{"version":%s,"sha256":"%s"},
                 "choices":{"session":true,"theme":%5$s,"analytics":%5$s,"marketing":%5$s},
                 "action":"%4$s","source":"banner","language":"%6$s","layout":"desktop",
                 "occurredAt":"%7$s","secret":"%8$s"}
                """
                        .formatted(
                                id,
                                number(live, "version"),
                                value(live, "sha256"),
                                action,
                                granted,
                                language,
                                occurredAt.truncatedTo(ChronoUnit.MILLIS),
                                TestChoice.secret());
        TestApi.Answer answer = api.post("/v1/sites/" + site + "/consents", choice);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return "/v1/consents/" + id;
    }

    /** Publishes the demo's policy with these texts. */
    private static void publish(String texts) {
        String draft = api.get("/v1/admin/sites/" + site + "/draft").body();
        String before = draft.substring(0, draft.indexOf("\"texts\":"));
        TestApi.Answer put =
                api.send(
                        "PUT",
                        "/v1/admin/sites/" + site + "/draft",
                        before + "\"texts\": {" + texts + "}}");
        assertThat(put.status()).as(put.body()).isEqualTo(200);
        TestApi.Answer published =
                api.post(
                        "/v1/admin/sites/" + site + "/policies",
                        "{\"material\": false, \"reason\": \"" + json(SCRIPT) + "\"}");
        assertThat(published.status()).as(published.body()).isEqualTo(201);
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String value(JsonObject object, String key) {
        return ((dev.assent.receipt.JsonValue.Text) object.find(key).orElseThrow()).value();
    }

    private static long number(JsonObject object, String key) {
        return ((dev.assent.receipt.JsonValue.Int) object.find(key).orElseThrow()).value();
    }
}
