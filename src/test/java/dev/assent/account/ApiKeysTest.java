// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestApi;
import dev.assent.TestDatabase;
import dev.assent.receipt.JsonValue;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpRequest;
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
class ApiKeysTest implements TestPropertyProvider {
    @Inject EmbeddedServer server;

    @Inject ApiKeys keys;

    @Inject Organizations organizations;

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
    void key_opensItsScopeAndNoOther() {
        var made = api.post("/v1/admin/keys", "{\"name\":\"Sites\",\"scopes\":[\"sites\"]}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("key")).matches("assent_[A-Za-z0-9_-]{43}");

        TestApi program = api.withKey(made.text("key"));
        assertThat(program.get("/v1/admin/sites").status()).isEqualTo(200);
        var refused = program.get("/v1/admin/keys");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.text("type")).isEqualTo("/problems/no-scope");
    }

    @Test
    void answers_areKeptByNoCache() {
        var made = api.post("/v1/admin/keys", "{\"name\":\"Kept\",\"scopes\":[\"sites\"]}");
        var keyless = api.withKey(null).get("/v1/admin/keys");
        assertThat(keyless.status()).isEqualTo(401);
        for (var answer :
                java.util.List.of(
                        made,
                        keyless,
                        api.get("/v1/admin/keys"),
                        api.withKey(made.text("key")).get("/v1/admin/keys"),
                        api.get("/v1/admin/nothing"))) {
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void key_isToldOnceAndStoredAsHash() throws SQLException {
        var made = api.post("/v1/admin/keys", "{\"name\":\"Once\",\"scopes\":[\"export\"]}");
        String secret = made.text("key");

        assertThat(api.get("/v1/admin/keys").body()).contains("Once").doesNotContain(secret);
        assertThat(
                        new TestDatabase(url)
                                .text(
                                        "select hash = sha256(?) from api_key where name = 'Once'",
                                        secret.getBytes(UTF_8)))
                .isEqualTo("t");
    }

    @Test
    void key_saysWhenItWasLastUsedAndTheTrailWhoMadeIt() throws SQLException {
        var made = api.post("/v1/admin/keys", "{\"name\":\"Used\",\"scopes\":[\"sites\"]}");
        assertThat(made.json().keys()).doesNotContain("lastUsedAt");
        api.withKey(made.text("key")).get("/v1/admin/sites");
        var listed =
                api.get("/v1/admin/keys")
                        .objects()
                        .filter(key ->
                                key.find("name")
                                        .filter(new JsonValue.Text("Used")::equals)
                                        .isPresent())
                        .findFirst()
                        .orElseThrow();
        assertThat(listed.keys()).contains("lastUsedAt");
        assertThat(
                        new TestDatabase(url)
                                .text(
                                        "select api_key_id is not null from operator_event"
                                                + " where action = 'key-made'"
                                                + " and subject like '%Used'"))
                .isEqualTo("t");
    }

    @Test
    void revokedKey_opensNothingAtOnce() throws Exception {
        var made = api.post("/v1/admin/keys", "{\"name\":\"Gone\",\"scopes\":[\"sites\"]}");
        TestApi program = api.withKey(made.text("key"));
        assertThat(program.get("/v1/admin/sites").status()).isEqualTo(200);

        String path = "/v1/admin/keys/" + made.json().integer("id");
        assertThat(api.send("DELETE", path, null).status()).isEqualTo(204);
        assertThat(program.get("/v1/admin/sites").status()).isEqualTo(401);
        assertThat(api.send("DELETE", path, null).status()).isEqualTo(404);
        assertThat(api.get("/v1/admin/keys").body()).doesNotContain("Gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", "assent_0000000000000000000000000000000000000000000"})
    void unknownKey_isToldHowToComeIn(String key) {
        var refused = api.withKey(key).get("/v1/admin/sites");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.text("type")).isEqualTo("/problems/no-key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/admin/sites",
                "/v1/admin/sites/",
                "/v1/%61dmin/sites",
                "/v1//admin/sites",
                "/v1/admin/../admin/sites",
                "/v1/admin/sites;x=1",
                "/V1/ADMIN/sites",
                "/v1/admin/keys",
                "/v1/admin/sites/k7Q2mZ0pRb/draft",
                "/v1/admin/sites/k7Q2mZ0pRb/policies"
            })
    void withoutKey_noSpellingOfThePathLeadsIn(String path) {
        assertThat(api.withKey(null).get(path).status()).isIn(400, 401, 404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"scopes\":[\"sites\"]} | 422 | /name",
                "{\"name\":\"x\"} | 422 | /scopes",
                "{\"name\":\"x\",\"scopes\":[]} | 422 | /scopes",
                "{\"name\":\"x\",\"scopes\":[\"root\"]} | 422 | /scopes/0",
                "{\"name\":\"x\",\"scopes\":\"sites\"} | 422 | /scopes",
                "{\"name\":7,\"scopes\":[\"sites\"]} | 422 | /name",
                "{\"name\":\"x\",\"scopes\":[\"sites\"],\"admin\":true} | 422 | /admin",
                "{\"name\":\"x\",\"name\":\"y\",\"scopes\":[\"sites\"]} | 422 | /name",
                "{\"name\":\"a\\u0000b\",\"scopes\":[\"sites\"]} | 422 | /name",
                "[] | 422 | ''"
            })
    void faultyKey_isRefusedWithPointer(String body, int status, String pointer) {
        var refused = api.post("/v1/admin/keys", body);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.pointers()).containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nonsense", "{\"name\":\"x\"} trailing", "\u0000"})
    void nonsense_isMalformed(String body) {
        assertThat(api.post("/v1/admin/keys", body).status()).isEqualTo(400);
    }

    @Test
    void opens_asksForOrganizationAndScope() {
        long organization = organizations.first().orElseThrow().id();
        var bearer = HttpRequest.GET("/").bearerAuth(TestApi.ADMIN_KEY);

        assertThat(keys.opens(bearer, Scope.RECORDS, organization).join()).isTrue();
        assertThat(keys.opens(bearer, Scope.RECORDS, organization + 1).join()).isFalse();
        assertThat(keys.opens(HttpRequest.GET("/"), Scope.RECORDS, organization).join()).isFalse();
        assertThat(keys.opens(bearer, Scope.RECORDS, organization)).isCompleted();
    }
}
