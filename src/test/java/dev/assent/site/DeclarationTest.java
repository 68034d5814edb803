// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.TestApi;
import dev.assent.TestApi.Answer;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What everybody may read of a live version, beside its script and its artefact. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeclarationTest implements TestPropertyProvider {
    private static final String DRAFT =
            """
            {"controller":{"name":"Shop & Sons"},"defaultLanguage":"fr","purposes":[
             {"id":"session","required":true,"trackers":[
              {"name":"sid","type":"cookie","lifetime":"session"},
              {"name":"<script>alert(1)</script>","type":"localStorage"}]},
             {"id":"theme"},
             {"id":"analytics","trackers":[
              {"name":"_ga_","type":"cookie","provider":"Ex\\"ample' Ltd","domain":".example.com",
               "lifetime":"P13M","match":"prefix","thirdParty":true}]}],
             "texts":{"en":{"purposes":{"theme":{"name":"<b>Looks</b>"}}},"fr":{},"ar":{},"pt-BR":{}}}
            """;

    @Inject EmbeddedServer server;

    private TestApi operator;
    private TestApi anybody;
    private String siteKey;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeEach
    void makeSite() {
        operator = TestApi.of(server.getURI());
        anybody = operator.withKey(null);
        String wish = "{\"name\":\"Shop\",\"origins\":[\"https://shop.example\"]}";
        siteKey = operator.post("/v1/admin/sites", wish).text("siteKey");
    }

    @Test
    void declaration_isATableForEachPurpose() {
        publish(DRAFT);
        Answer answer = declaration("?language=en");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(answer.body())
                .isEqualTo(
                        """
                        <section class="assent-declaration" lang="en" dir="ltr">
                        <h3>Needed for this site</h3>
                        <p>Keeps you signed in, holds your basket and remembers this choice. The site does not work without it.</p>
                        <p>Always on</p>
                        <table>
                        <caption>Cookies and similar: 2</caption>
                        <thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Provider</th><th scope="col">Kept for</th></tr></thead>
                        <tbody>
                        <tr><th scope="row"><code dir="ltr">sid</code></th><td>Cookie</td><td>Shop &amp; Sons</td><td>Until you close the browser</td></tr>
                        <tr><th scope="row"><code dir="ltr">&lt;script&gt;alert(1)&lt;/script&gt;</code></th><td>Browser storage</td><td>Shop &amp; Sons</td><td>\u2013</td></tr>
                        </tbody>
                        </table>
                        <h3>&lt;b&gt;Looks&lt;/b&gt;</h3>
                        <p>Remembers how you like the site to look, for example light or dark.</p>
                        <h3>Visitor statistics</h3>
                        <p>Counts visits and shows which pages are used, so that the site can be improved.</p>
                        <table>
                        <caption>Cookies and similar: 1</caption>
                        <thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Provider</th><th scope="col">Kept for</th></tr></thead>
                        <tbody>
                        <tr><th scope="row"><code dir="ltr">_ga_*</code></th><td>Cookie</td><td>Ex&quot;ample&#39; Ltd (others can read it)</td><td>13 months</td></tr>
                        </tbody>
                        </table>
                        </section>
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "?language=en, en, ltr",
        "?language=EN-gb, en, ltr",
        "?language=ar, ar, rtl",
        "?language=ar-EG, ar, rtl",
        "?language=pt, pt-BR, ltr",
        "?language=de, fr, ltr",
        "?language=%3Cscript%3E, fr, ltr",
        "?language=, fr, ltr",
        "?more=1, fr, ltr",
        "'', fr, ltr"
    })
    void nearestLanguage_isTaken(String query, String language, String direction) {
        publish(DRAFT);
        assertThat(declaration(query).body())
                .contains(" lang=\"" + language + "\" dir=\"" + direction + "\">");
    }

    @Test
    void declaration_isJsonToWhoAcceptsThatRather() throws JsonException {
        publish(DRAFT);
        Answer answer = declaration("?language=en", "Accept", "application/json");

        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Vary")).contains("Accept");
        assertThat(answer.text("language")).isEqualTo("en");
        assertThat(answer.json().integer("version")).isEqualTo(1);
        assertThat(answer.json().array("purposes").stream().map(CanonicalJson::writeText))
                .hasSize(3)
                .last()
                .asString()
                .contains(
                        "{\"domain\":\".example.com\",\"keptFor\":\"13 months\",\"kind\":\"Cookie\","
                                + "\"lifetime\":\"P13M\",\"match\":\"prefix\",\"name\":\"_ga_\","
                                + "\"provider\":\"Ex\\\"ample' Ltd\",\"thirdParty\":true,"
                                + "\"type\":\"cookie\"}");
        String sha256 = answer.text("sha256");
        assertThat(anybody.get("/v1/artefacts/" + sha256).status()).isEqualTo(200);
    }

    @Test
    void answers_areKeptForFiveMinutesByEverybody() {
        publish(DRAFT);
        for (String path : List.of("/v1/sites/" + siteKey + "/declaration", gpc())) {
            Answer answer = anybody.get(path);
            assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=300");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            String tag = answer.header("ETag");
            assertThat(tag).startsWith("\"").endsWith("\"");
            Answer held = anybody.get(path, "If-None-Match", tag);
            assertThat(held.status()).isEqualTo(304);
            assertThat(held.header("ETag")).isEqualTo(tag);
            assertThat(anybody.send("HEAD", path, null).header("ETag")).isEqualTo(tag);
        }
        assertThat(declaration("").header("ETag"))
                .isNotEqualTo(declaration("?language=ar").header("ETag"));
    }

    @Test
    void gpc_saysSinceWhenTheLiveVersionHolds() throws JsonException {
        publish(DRAFT);
        Answer answer = anybody.get(gpc());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().keys()).containsExactly("gpc", "lastUpdate");
        assertThat(answer.json().bool("gpc")).isTrue();
        String published = operator.get(admin() + "/policies/1").text("publishedAt");
        assertThat(Instant.parse(answer.text("lastUpdate"))).isEqualTo(published);
    }

    @Test
    void newVersion_isToldAtOnce() {
        publish(DRAFT);
        String before = declaration("").body();
        String gpc = anybody.get(gpc()).body();
        publish(DRAFT.replace("\"sid\"", "\"session-id\""));

        await().untilAsserted(() -> assertThat(declaration("").body()).isNotEqualTo(before));
        assertThat(declaration("").body()).contains("session-id");
        assertThat(anybody.get(gpc()).body()).isNotEqualTo(gpc);
    }

    @Test
    void unknownSites_areNotFound() {
        for (String key : List.of("0000000000", "x", siteKey)) {
            TestApi.assertProblem(
                    anybody.get("/v1/sites/" + key + "/declaration", "Accept", "text/html")
                            .response(),
                    404,
                    "not-found");
            TestApi.assertProblem(
                    anybody.get("/w/" + key + "/gpc.json").response(), 404, "not-found");
        }
        publish(DRAFT);
        assertThat(anybody.get(gpc()).status()).isEqualTo(200);
        operator.send("DELETE", admin(), null);
        await().untilAsserted(() -> assertThat(anybody.get(gpc()).status()).isEqualTo(404));
        assertThat(declaration("").status()).isEqualTo(404);
    }

    private void publish(String draft) {
        assertThat(operator.send("PUT", admin() + "/draft", draft).status()).isEqualTo(200);
        Answer published =
                operator.post(admin() + "/policies", "{\"material\":true,\"reason\":\"x\"}");
        assertThat(published.status()).as(published.body()).isEqualTo(201);
        String version =
                admin()
                        + "/policies/"
                        + published.response().body().replaceAll(".*\"version\":(\\d+).*", "$1");
        await().until(() -> operator.get(version).text("state").equals("live"));
    }

    private Answer declaration(String query, String... headers) {
        return anybody.get("/v1/sites/" + siteKey + "/declaration" + query, headers);
    }

    private String gpc() {
        return "/w/" + siteKey + "/gpc.json";
    }

    private String admin() {
        return "/v1/admin/sites/" + siteKey;
    }
}
