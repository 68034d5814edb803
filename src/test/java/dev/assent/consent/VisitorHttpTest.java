// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestSite;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Visitors read and erase what was recorded of them, by their secret. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VisitorHttpTest implements TestPropertyProvider {
    private static final String ERASE = "/v1/visitors/erase";
    private static final String HISTORY = "/v1/visitors/history";

    @Inject EmbeddedServer server;

    private Http http;
    private TestSite site;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeAll
    void publish() {
        http = new Http(server.getURI());
        site = TestSite.publish(server.getURI());
    }

    @Test
    void history_isTheVisitorsOwnRecordsOldestFirst() throws Exception {
        String secret = TestChoice.secret();
        List<String> ids = List.of(record(secret), record(secret), record(secret));
        record(TestChoice.secret());

        var answer = post(HISTORY, body(site.siteKey(), secret));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertPrivate(answer);
        JsonObject history = new TestApi.Answer(answer).json();
        assertThat(history.keys()).containsExactlyInAnyOrder("site", "records");
        assertThat(history.text("site")).isEqualTo(site.siteKey());
        List<JsonValue> records = history.array("records");
        assertThat(records).extracting(VisitorHttpTest::id).containsExactlyElementsOf(ids);
        JsonObject first = (JsonObject) records.getFirst();
        var read = http.get("/v1/consents/" + ids.getFirst());
        assertThat(CanonicalJson.writeText(first.object("record"))).isEqualTo(read.body());
        assertThat(first.integer("index")).isPositive();
        String url = server.getURI() + "/v1/consents/" + ids.getFirst();
        assertThat(first.text("links", "record")).isEqualTo(url);
        assertThat(first.text("links", "receipt")).isEqualTo(url + "/receipt");
        assertThat(first.text("links", "artefact"))
                .isEqualTo(server.getURI() + "/v1/artefacts/" + site.sha256());
        assertThat(answer.body()).doesNotContain(secret, "salt");
    }

    @Test
    void longHistory_comesInPages() throws Exception {
        String secret = TestChoice.secret();
        int count = VisitorHistory.MAX_PAGE + 3;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> send = () -> record(secret);
            for (var sent : threads.invokeAll(Stream.generate(() -> send).limit(count).toList())) {
                sent.get();
            }
        }

        var first = new TestApi.Answer(post(HISTORY, body(site.siteKey(), secret))).json();
        String next = first.text("next");
        String rest = body(site.siteKey(), secret).replace("}", ",\"after\":\"" + next + "\"}");
        var second = new TestApi.Answer(post(HISTORY, rest)).json();

        var seqs = new ArrayList<Long>();
        for (JsonObject page : List.of(first, second)) {
            for (JsonValue item : page.array("records")) {
                seqs.add(((JsonObject) item).integer("record", "seq"));
            }
        }
        assertThat(first.array("records")).hasSize(VisitorHistory.MAX_PAGE);
        assertThat(second.keys()).doesNotContain("next");
        assertThat(seqs).hasSize(count).doesNotHaveDuplicates().isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "text/plain;charset=UTF-8"})
    void erasedRecords_areAsUnknownAsIdsThatNeverWere(String contentType) throws Exception {
        String secret = TestChoice.secret();
        List<String> ids = List.of(record(secret), record(secret));
        String stranger = record(TestChoice.secret());

        var answer =
                http.send(
                        "POST",
                        ERASE,
                        body(site.siteKey(), secret),
                        "Origin",
                        TestSite.ORIGIN,
                        "Content-Type",
                        contentType);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"site\":\"" + site.siteKey() + "\",\"erased\":2}");
        assertPrivate(answer);
        var never = http.get("/v1/consents/" + TestChoice.id());
        for (String id : ids) {
            for (String path : List.of("", "/receipt")) {
                var gone = http.get("/v1/consents/" + id + path);
                assertThat(gone.statusCode()).isEqualTo(404);
                assertThat(gone.body()).isEqualTo(never.body());
            }
            assertThat(http.get("/v1/consents/" + id, "Accept", "text/html").statusCode())
                    .isEqualTo(404);
        }
        assertThat(http.get("/v1/consents/" + stranger).statusCode()).isEqualTo(200);
        assertThat(erased(body(site.siteKey(), secret))).isZero();
        var history = new TestApi.Answer(post(HISTORY, body(site.siteKey(), secret))).json();
        assertThat(history.array("records")).isEmpty();
    }

    @Test
    void otherSites_areAnotherMatter() throws Exception {
        TestSite elsewhere = TestSite.publish(server.getURI());
        String secret = TestChoice.secret();
        String id = TestChoice.id().toString();
        elsewhere.send(TestChoice.json(elsewhere, id, secret));
        record(secret);

        assertThat(erased(body(site.siteKey(), secret))).isEqualTo(1);

        assertThat(http.get("/v1/consents/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void removedSite_stillObeysItsVisitors() throws Exception {
        TestSite removed = TestSite.publish(server.getURI());
        String secret = TestChoice.secret();
        removed.send(TestChoice.json(removed, TestChoice.id().toString(), secret));
        TestApi.of(server.getURI()).send("DELETE", "/v1/admin/sites/" + removed.siteKey(), null);

        assertThat(erased(body(removed.siteKey(), secret))).isEqualTo(1);
    }

    @Test
    void unknownSecretAndUnknownSite_areAnsweredAlike() throws Exception {
        for (String siteKey : List.of(site.siteKey(), "aaaaaaaaaa")) {
            assertThat(erased(body(siteKey, TestChoice.secret()))).isZero();
            var history = post(HISTORY, body(siteKey, TestChoice.secret()));
            assertThat(history.statusCode()).isEqualTo(200);
            assertThat(history.body()).isEqualTo("{\"site\":\"" + siteKey + "\",\"records\":[]}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://elsewhere.example", "null", ""})
    void secret_isAllThatIsAskedForWhereverItComesFrom(String origin) throws Exception {
        String secret = TestChoice.secret();
        record(secret);
        String[] headers =
                origin.isEmpty()
                        ? new String[] {"Content-Type", "text/plain"}
                        : new String[] {"Content-Type", "text/plain", "Origin", origin};

        var answer = http.send("POST", ERASE, body(site.siteKey(), secret), headers);

        assertThat(new TestApi.Answer(answer).json().integer("erased")).isEqualTo(1);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("*");
        assertThat(answer.headers().firstValue("access-control-allow-credentials")).isEmpty();
    }

    private String record(String secret) {
        String id = TestChoice.id().toString();
        var answer = site.send(TestChoice.json(site, id, secret));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return id;
    }

    private long erased(String body) throws JsonException {
        return new TestApi.Answer(post(ERASE, body)).json().integer("erased");
    }

    private HttpResponse<String> post(String path, String body) {
        return http.send("POST", path, body, "Content-Type", "text/plain");
    }

    static String body(String siteKey, String secret) {
        return "{\"site\":\"" + siteKey + "\",\"secret\":\"" + secret + "\"}";
    }

    private static String id(JsonValue item) {
        try {
            return ((JsonObject) item).text("record", "id");
        } catch (JsonException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertPrivate(HttpResponse<String> answer) {
        assertThat(answer.headers().allValues("cache-control"))
                .containsExactly("private, no-store");
        assertThat(answer.headers().firstValue("x-robots-tag")).hasValue("noindex");
    }
}
