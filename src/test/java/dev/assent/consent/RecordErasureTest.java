// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static dev.assent.TestApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestDatabase;
import dev.assent.TestSite;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator erases a single record. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordErasureTest implements TestPropertyProvider {
    @Inject EmbeddedServer server;

    @Property(name = "assent.database.url")
    String url;

    private Http http;
    private TestApi api;
    private TestSite site;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeAll
    void publish() {
        http = new Http(server.getURI());
        api = TestApi.of(server.getURI());
        site = TestSite.publish(server.getURI());
    }

    @Test
    void record_isErasedOnce() throws SQLException {
        String id = record();
        String neighbour = record();

        var answer = api.send("DELETE", path(site, id), null);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(http.get("/v1/consents/" + id).statusCode()).isEqualTo(404);
        assertThat(http.get("/v1/consents/" + neighbour).statusCode()).isEqualTo(200);
        assertThat(new TestDatabase(url).statements(site.siteKey()).getLast())
                .contains("\"reason\":\"request\"");
        assertProblem(api.send("DELETE", path(site, id), null).response(), 404, "not-found");
    }

    @Test
    void otherSitesRecord_isUnknownHere() {
        TestSite elsewhere = TestSite.publish(server.getURI());
        String id = record();

        for (String path : List.of(path(elsewhere, id), path("aaaaaaaaaa", id))) {
            assertProblem(api.send("DELETE", path, null).response(), 404, "not-found");
        }
        assertThat(http.get("/v1/consents/" + id).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "%00", "0198f0c2-8f3a-7c1e-9b7a-3f0c6f1f2a11", "1-1-1-1-1"})
    void unknownAndMalformedIds_are404(String id) {
        assertProblem(api.send("DELETE", path(site, id), null).response(), 404, "not-found");
    }

    @Test
    void keyOfAnotherScope_opensNothing() {
        String id = record();
        String key =
                api.post("/v1/admin/keys", "{\"name\":\"reader\",\"scopes\":[\"sites\"]}")
                        .text("key");

        assertProblem(
                api.withKey(key).send("DELETE", path(site, id), null).response(), 403, "no-scope");
        assertProblem(
                api.withKey(null).send("DELETE", path(site, id), null).response(), 401, "no-key");
        assertThat(http.get("/v1/consents/" + id).statusCode()).isEqualTo(200);
    }

    private String record() {
        String id = TestChoice.id().toString();
        assertThat(site.send(TestChoice.json(site, id)).statusCode()).isEqualTo(201);
        return id;
    }

    private static String path(TestSite site, String id) {
        return path(site.siteKey(), id);
    }

    private static String path(String siteKey, String id) {
        return "/v1/admin/sites/" + siteKey + "/consents/" + id;
    }
}
