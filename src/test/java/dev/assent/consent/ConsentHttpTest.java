// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static dev.assent.TestApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestSite;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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

/** Every row of the answer list that does not depend on what the choice says. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsentHttpTest implements TestPropertyProvider {
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

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "text/plain;charset=UTF-8"})
    void choice_isRecordedAndReadById(String contentType) throws Exception {
        String id = TestChoice.id().toString();

        var answer =
                http.send(
                        "POST",
                        site.path(),
                        choice(id),
                        "Origin",
                        TestSite.ORIGIN,
                        "Content-Type",
                        contentType);

        assertThat(answer.statusCode()).isEqualTo(201);
        var recorded = new TestApi.Answer(answer).json();
        assertThat(recorded.keys())
                .containsExactlyInAnyOrder(
                        "id",
                        "site",
                        "seq",
                        "index",
                        "recordedAt",
                        "expiresAt",
                        "record",
                        "receipt");
        assertThat(recorded.text("record")).isEqualTo(server.getURI() + "/v1/consents/" + id);
        var record = http.get("/v1/consents/" + id);
        assertThat(record.statusCode()).isEqualTo(200);
        assertThat(record.headers().firstValue("cache-control")).hasValue("private, no-store");
        assertThat(record.headers().firstValue("x-robots-tag")).hasValue("noindex");
        var content = new TestApi.Answer(record).json();
        assertThat(content.integer("seq")).isEqualTo(recorded.integer("seq"));
        assertThat(content.bool("choices", "session")).isTrue();
        assertThat(content.bool("choices", "theme")).isTrue();
        assertThat(content.bool("choices", "analytics")).isFalse();
        assertThat(content.text("policy", "sha256")).isEqualTo(site.sha256());
        assertThat(record.body()).doesNotContain("127.0.0.1", "Java-http-client", "secret");
    }

    @Test
    void sameChoiceAgain_is200WithTheSameAnswer() {
        String choice = choice(TestChoice.id().toString());

        var first = site.send(choice);
        var second = site.send(choice);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void sameIdForAnotherChoice_is409() {
        String id = TestChoice.id().toString();
        site.send(choice(id));

        assertProblem(site.send(choice(id)), 409, "consent-id-reused");
    }

    @Test
    void manyCopiesAtOnce_areOneRecordAnsweredAlike() throws Exception {
        String choice = choice(TestChoice.id().toString());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HttpResponse<String>> send = () -> site.send(choice);
            var answers = threads.invokeAll(Stream.generate(() -> send).limit(200).toList());
            var statuses = new java.util.ArrayList<Integer>();
            var bodies = new java.util.HashSet<String>();
            for (var answer : answers) {
                statuses.add(answer.get().statusCode());
                bodies.add(answer.get().body());
            }
            assertThat(bodies).hasSize(1);
            assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png", "application/json", "*/*"})
    void anyAccept_isAnsweredWithJson(String accept) {
        var answer =
                http.send(
                        "POST",
                        site.path(),
                        choice(TestChoice.id().toString()),
                        "Origin",
                        TestSite.ORIGIN,
                        "Accept",
                        accept);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    }

    @ParameterizedTest
    @ValueSource(ints = {8193, 20_000, 1_000_000, 3_000_000})
    void tooLarge_is413HoweverItIsSent(int size) {
        byte[] body = new byte[size];
        java.util.Arrays.fill(body, (byte) ' ');
        var whole = BodyPublishers.ofByteArray(body);
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));

        for (var publisher : List.of(whole, chunked)) {
            var answer =
                    http.send(
                            "POST",
                            site.path(),
                            publisher,
                            "Origin",
                            TestSite.ORIGIN,
                            "Content-Type",
                            "text/plain");
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.headers().firstValue("content-type"))
                    .hasValueSatisfying(
                            type -> assertThat(type).startsWith("application/problem+json"));
        }
    }

    @Test
    void padding_upTo8KiBIsTaken() {
        String choice = choice(TestChoice.id().toString());
        String padded = choice + " ".repeat(8192 - choice.length());

        assertThat(site.send(padded).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/xml",
                "multipart/form-data",
                "application/x-www-form-urlencoded"
            })
    void otherMediaTypes_are415(String contentType) {
        var answer =
                http.send(
                        "POST",
                        site.path(),
                        choice(TestChoice.id().toString()),
                        "Origin",
                        TestSite.ORIGIN,
                        "Content-Type",
                        contentType);

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://shop.example",
                "https://shop.example:8443",
                "https://shop.example.evil",
                "https://xshop.example",
                "null",
                "file://"
            })
    void originNotAllowed_is403(String origin) {
        var answer =
                http.send(
                        "POST",
                        site.path(),
                        choice(TestChoice.id().toString()),
                        "Origin",
                        origin,
                        "Content-Type",
                        "text/plain");

        assertProblem(answer, 403, "origin-not-allowed");
        assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("*");
    }

    @Test
    void withoutOrigin_onlyAServerWithAKeyMayRecord() {
        String choice = choice(TestChoice.id().toString());

        assertProblem(http.send("POST", site.path(), choice), 403, "origin-not-allowed");
        assertProblem(
                http.send("POST", site.path(), choice, "Authorization", "Bearer nonsense"),
                403,
                "origin-not-allowed");
        assertThat(
                        http.send(
                                        "POST",
                                        site.path(),
                                        choice,
                                        "Authorization",
                                        "Bearer " + TestApi.ADMIN_KEY)
                                .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaaaaaaaaa", "a", "%00", "..", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void unknownSite_is404(String siteKey) {
        var answer =
                http.send(
                        "POST",
                        "/v1/sites/" + siteKey + "/consents",
                        choice(TestChoice.id().toString()),
                        "Origin",
                        TestSite.ORIGIN,
                        "Content-Type",
                        "text/plain");

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void unknownAndMalformedIds_getTheSame404() {
        var never = http.get("/v1/consents/" + TestChoice.id());
        assertPrivate(never);
        String unknown = never.body();

        for (String id : List.of("x", "1-1-1-1-1", "%00", "0198f0c2-8f3a-7c1e-9b7a-3f0c6f1f2a1")) {
            var answer = http.get("/v1/consents/" + id);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(unknown);
            assertPrivate(answer);
            var receipt = http.get("/v1/consents/" + id + "/receipt");
            assertThat(receipt.statusCode()).isEqualTo(404);
            assertThat(receipt.body()).isEqualTo(unknown);
            assertPrivate(receipt);
        }
    }

    private static void assertPrivate(HttpResponse<String> answer) {
        assertThat(answer.headers().allValues("cache-control"))
                .containsExactly("private, no-store");
        assertThat(answer.headers().allValues("vary")).containsExactly("Accept");
        assertThat(answer.headers().allValues("x-robots-tag")).containsExactly("noindex");
        assertThat(answer.headers().allValues("referrer-policy")).containsExactly("no-referrer");
    }

    private String choice(String id) {
        return TestChoice.json(site, id);
    }
}
