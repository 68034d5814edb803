// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.Decoder;
import dev.assent.TestApi;
import dev.assent.TestDatabase;
import dev.assent.merkle.Hash;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.site.RawClient.Answer;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that carry one language: {@code GET /w/SITEKEY.js?language=}. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.MethodName.class)
class LanguageServingTest implements TestPropertyProvider {
    @Inject EmbeddedServer server;
    @Inject PackedWidget widget;

    @Property(name = "assent.database.url")
    String url;

    private TestApi api;
    private String siteKey;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeAll
    void publish() {
        api = TestApi.of(server.getURI());
        siteKey = publish("\"de\":{},\"en\":{},\"fr\":{\"title\":\"Des témoins ?\"}");
    }

    @Test
    void oneLanguage_isAllThatTravels() throws Exception {
        JsonObject all = payload(get(bare()));
        assertThat(all.object("texts").keys()).containsExactly("de", "en", "fr");
        JsonObject one = payload(get(bare() + "?language=fr"));
        assertThat(one.object("texts").keys()).containsExactly("fr");
        assertThat(one.text("texts", "fr", "title")).isEqualTo("Des témoins ?");
        assertThat(one.text("defaultLanguage")).isEqualTo("fr");
        assertThat(one.text("sha256")).isEqualTo(all.text("sha256"));
        assertThat(one.keys()).isEqualTo(all.keys());
    }

    /** The default is English. A closing connection is answered by the controller. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "language=fr           | fr",
                "language=FR-ca        | fr",
                "language=de-AT        | de",
                "language=xx           | en",
                "language=             | en",
                "language=%66r         | en",
                "language=fr_CA        | en",
                "language=../../de     | en",
                "language=a+b%20c      | en",
                "language=fr&v=3       | fr",
                "language=de&language=fr | de",
                "v=3&language=fr       | fr",
                "&&language=fr         | fr",
            })
    void language_isTheNearestOffered(String query, String language) throws Exception {
        for (int i = 0; i < 2; i++) {
            for (String connection : new String[] {"keep-alive", "close"}) {
                Answer answer = get(bare() + "?" + query, "Connection: " + connection);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(payload(answer).text("defaultLanguage")).isEqualTo(language);
                assertThat(payload(answer).object("texts").keys()).containsExactly(language);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?", "?v=3", "?languages=fr", "?Language=fr", "?language", "?=language=fr"})
    void otherQueries_areIgnored(String query) throws Exception {
        assertThat(get(bare() + query).body()).isEqualTo(get(bare()).body());
    }

    /** What is no URL is refused alike, whether the script is in memory or not. */
    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%", "fr%", "fr%C3%28", "<script>", "\"fr\"", "fr|de", "\\"})
    void brokenUrl_isNeverOurFault(String language) throws Exception {
        int first = get(bare() + "?language=" + language).status();
        assertThat(first).isIn(200, 400);
        assertThat(get(bare() + "?language=fr").status()).isEqualTo(200);
        assertThat(get(bare() + "?language=" + language).status()).isEqualTo(first);
    }

    @Test
    void variant_hasATagAndANameOfItsOwn() throws Exception {
        Answer all = get(bare(), "Accept-Encoding: br");
        Answer slow = get(bare() + "?language=fr", "Accept-Encoding: br", "Connection: close");
        Answer one = get(bare() + "?language=fr", "Accept-Encoding: br");
        assertThat(one.header("etag")).isNotEqualTo(all.header("etag"));
        assertThat(one.header("etag")).isEqualTo(slow.header("etag"));
        assertThat(one.header("vary")).isEqualTo("accept-encoding");
        assertThat(one.header("cache-control")).isEqualTo(all.header("cache-control"));
        assertThat(one.body()).isEqualTo(slow.body()).hasSizeLessThan(all.body().length);
        for (String held : new String[] {"If-None-Match: " + one.header("etag")}) {
            assertThat(get(bare() + "?language=fr", "Accept-Encoding: br", held).status())
                    .isEqualTo(304);
            assertThat(get(bare(), "Accept-Encoding: br", held).status()).isEqualTo(200);
        }
        byte[] script = get(bare() + "?language=fr").body();
        assertThat(Decoder.decompress(one.body()).getDecompressedData()).isEqualTo(script);
        Answer named = get("/w/" + siteKey + "/" + Hash.of(script) + ".js");
        assertThat(named.body()).isEqualTo(script);
        assertThat(named.header("cache-control")).contains("immutable");
    }

    @Test
    void publication_isSeenInEveryLanguageAtOnce() throws Exception {
        String site = publish("\"en\":{},\"fr\":{}");
        String path = "/w/" + site + ".js?language=fr";
        assertThat(payload(get(path)).integer("version")).isEqualTo(1);
        publishAgain(site);
        assertThat(payload(get(path)).integer("version")).isEqualTo(2);
    }

    @Test
    void siteWithOneLanguage_hasOneScript() throws Exception {
        String path = "/w/" + publish("\"en\":{}") + ".js";
        assertThat(get(path + "?language=fr").body()).isEqualTo(get(path).body());
    }

    @Test
    void unknownSite_isNotFound() throws Exception {
        assertThat(get("/w/unknown123.js?language=fr").status()).isEqualTo(404);
        assertThat(get("/w/short.js?language=fr").status()).isEqualTo(404);
    }

    /** Last by its name: nothing works after it. */
    @Test
    void zLast_withoutTheDatabaseAllLanguagesStandIn() throws Exception {
        String site = publish("\"en\":{},\"fr\":{}");
        String path = "/w/" + site + ".js";
        byte[] all = get(path).body();
        byte[] french = get(path + "?language=fr").body();
        new TestDatabase(url).allowConnections(false);
        assertThat(get(path + "?language=fr").body()).isEqualTo(french);
        Answer english = get(path + "?language=en");
        assertThat(english.status()).isEqualTo(200);
        assertThat(english.body()).isEqualTo(all);
    }

    private JsonObject payload(Answer answer) throws JsonException {
        return CanonicalJson.parseObject(
                SiteScript.payload(answer.body(), widget.plain()), 1 << 20);
    }

    private String publish(String texts) {
        String site =
                api.post(
                                "/v1/admin/sites",
                                "{\"name\":\"Shop\",\"origins\":[\"https://shop.example\"]}")
                        .text("siteKey");
        String draft =
                "{\"controller\":{\"name\":\"Shop Ltd\"},\"defaultLanguage\":\"en\","
                        + "\"purposes\":[{\"id\":\"session\",\"required\":true}],\"texts\":{"
                        + texts
                        + "}}";
        assertThat(api.send("PUT", "/v1/admin/sites/" + site + "/draft", draft).status())
                .isEqualTo(200);
        publishAgain(site);
        return site;
    }

    private void publishAgain(String site) {
        String wish = "{\"material\":true,\"reason\":\"test\"}";
        assertThat(api.post("/v1/admin/sites/" + site + "/policies", wish).text("state"))
                .isEqualTo("live");
    }

    private String bare() {
        return "/w/" + siteKey + ".js";
    }

    private Answer get(String path, String... headers) throws IOException {
        return RawClient.get(server.getPort(), path, headers);
    }
}
