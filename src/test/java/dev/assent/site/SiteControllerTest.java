// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestApi;
import dev.assent.TestDatabase;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteControllerTest implements TestPropertyProvider {
    private static final String SITES = "/v1/admin/sites";
    private static final String SHOP =
            "{\"name\":\"Shop\",\"origins\":[\"https://Shop.Example:443/\",\"https://*.shop.example\"]}";

    @Inject EmbeddedServer server;

    @Inject Sites sites;

    @Property(name = "assent.database.url")
    String url;

    private TestApi api;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeEach
    void findService() {
        api = TestApi.of(server.getURI());
    }

    @Test
    void site_isMadeReadChangedAndRemoved() {
        var made = api.post(SITES, SHOP);
        assertThat(made.status()).isEqualTo(201);
        String siteKey = made.text("siteKey");
        assertThat(siteKey).matches("[A-Za-z0-9]{10}");
        assertThat(made.header("Location")).isEqualTo(SITES + "/" + siteKey);
        assertThat(made.body())
                .contains("\"origins\":[\"https://shop.example\",\"https://*.shop.example\"]")
                .contains("\"retention\":\"P24M\"")
                .contains("/w/" + siteKey + ".js");
        assertThat(api.get(SITES).objects().map(site -> site.find("siteKey").orElseThrow()))
                .contains(new dev.assent.receipt.JsonValue.Text(siteKey));

        Site known = sites.find(siteKey).join().orElseThrow();
        assertThat(sites.find(siteKey)).isCompleted();
        assertThat(known.allows("https://www.shop.example")).isTrue();

        var changed =
                api.send(
                        "PATCH",
                        SITES + "/" + siteKey,
                        "{\"origins\":[\"https://new.example\"],\"cookieDomain\":\".New.example\","
                                + "\"retention\":\"P3Y\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("cookieDomain")).isEqualTo("new.example");
        assertThat(changed.text("name")).isEqualTo("Shop");
        assertThat(sites.find(siteKey).join().orElseThrow().allows("https://www.shop.example"))
                .isFalse();

        var without = api.send("PATCH", SITES + "/" + siteKey, "{\"cookieDomain\":\"\"}");
        assertThat(without.json().keys()).doesNotContain("cookieDomain");
        assertThat(api.get(SITES + "/" + siteKey).body()).isEqualTo(without.body());

        assertThat(api.send("DELETE", SITES + "/" + siteKey, null).status()).isEqualTo(204);
        assertThat(api.get(SITES + "/" + siteKey).status()).isEqualTo(404);
        assertThat(sites.find(siteKey).join().orElseThrow().isRemoved()).isTrue();
        assertThat(api.send("DELETE", SITES + "/" + siteKey, null).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"origins\":[\"https://a.example\"]} | /name",
                "{\"name\":\"x\"} | /origins",
                "{\"name\":\"x\",\"origins\":[]} | /origins",
                "{\"name\":\"x\",\"origins\":[\"a.example\"]} | /origins/0",
                "{\"name\":\"x\",\"origins\":[\"https://a.example\",\"ftp://b.example\"]} | /origins/1",
                "{\"name\":\"x\",\"origins\":[\"https://a.example/shop\"]} | /origins/0",
                "{\"name\":\"x\",\"origins\":[\"https://*.com\"]} | /origins/0",
                "{\"name\":\"x\",\"origins\":[\"null\"]} | /origins/0",
                "{\"name\":\"x\",\"origins\":[5]} | /origins/0",
                "{\"name\":\"x\",\"origins\":{}} | /origins",
                "{\"name\":\"\",\"origins\":[\"https://a.example\"]} | /name",
                "{\"name\":\"x\",\"origins\":[\"https://a.example\"],\"cookieDomain\":\"com\"} | /cookieDomain",
                "{\"name\":\"x\",\"origins\":[\"https://a.example\"],\"cookieDomain\":\"b.example\"} | /cookieDomain",
                "{\"name\":\"x\",\"origins\":[\"https://a.example\"],\"retention\":\"P0D\"} | /retention",
                "{\"name\":\"x\",\"origins\":[\"https://a.example\"],\"retention\":\"P11Y\"} | /retention",
                "{\"name\":\"x\",\"origins\":[\"https://a.example\"],\"retention\":\"-P1Y\"} | /retention",
                "{\"name\":\"x\",\"origins\":[\"https://a.example\"],\"retention\":null} | /retention",
                "{\"name\":\"x\",\"origins\":[\"https://a.example\"],\"siteKey\":\"mine\"} | /siteKey",
                "{\"name\":\"x\",\"NAME\":\"x\",\"origins\":[\"https://a.example\"]} | /NAME"
            })
    void faultySite_isRefusedWithPointer(String body, String pointer) {
        var refused = api.post(SITES, body);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("type")).isEqualTo("/problems/invalid-site");
        assertThat(refused.pointers()).containsExactly(pointer);
    }

    @Test
    void faultySite_isToldEveryFault() {
        var refused = api.post(SITES, "{\"origins\":[\"x\",\"y\"],\"retention\":1,\"more\":true}");
        assertThat(refused.pointers())
                .containsExactlyInAnyOrder(
                        "/name", "/origins/0", "/origins/1", "/retention", "/more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PATCH", "DELETE"})
    void foreignSite_isLikeAnUnknownOne(String method) throws SQLException {
        String body = method.equals("PATCH") ? "{\"name\":\"mine now\"}" : null;
        var foreign = api.send(method, SITES + "/" + new TestDatabase(url).foreignSite(), body);
        var unknown = api.send(method, SITES + "/0000000000", body);
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(unknown.body());
    }

    @ParameterizedTest
    @CsvSource({"POST,/v1/admin/sites", "PATCH,/v1/admin/sites/0000000000"})
    void tooLargeBody_isRefused(String method, String path) {
        String body = "{\"name\":\"" + "x".repeat(10 << 20) + "\"}";
        assertThat(api.send(method, path, body).status()).isEqualTo(413);
        assertThat(api.send(method, path, "{\"name\":\"" + "x".repeat(100_000) + "\"}").status())
                .isIn(404, 413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"name\":", "\"text", "{'name':1}"})
    void nonsense_isMalformed(String body) {
        var refused = api.post(SITES, body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void otherMediaType_isRefused() {
        var refused = api.send("POST", SITES, null, "Content-Type", "text/plain");
        assertThat(refused.status()).isIn(400, 415);
    }
}
