// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static dev.assent.TestApi.assertProblem;
import static dev.assent.consent.VisitorHttpTest.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Http;
import dev.assent.TestApi;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no visitor's request, and that each fault is named. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VisitorFaultsTest implements TestPropertyProvider {
    private static final String ERASE = "/v1/visitors/erase";
    private static final String HISTORY = "/v1/visitors/history";
    private static final String SITE = "k7Q2mZ0pRb";

    @Inject EmbeddedServer server;

    private Http http;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeAll
    void open() {
        http = new Http(server.getURI());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    no site | "site": | "cite": | /site
                    site a number | "SITE" | 7 | /site
                    site too short | "SITE" | "a" | /site
                    site with NUL | "SITE" | "aaaa\\u0000aaaaa" | /site
                    site null | "SITE" | null | /site
                    no secret | "secret" | "sec" | /secret
                    secret empty | "SECRET" | "" | /secret
                    secret too short | SECRET | AAAA | /secret
                    secret too long | SECRET | SECRETA | /secret
                    secret in plain base64 | "SECRET" | "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+A" | /secret
                    secret with loose bits | "SECRET" | "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB" | /secret
                    secret an array | "SECRET" | ["SECRET"] | /secret
                    a field more | } | ,"everything":true} | /everything
                    a field twice | } | ,"site":"aaaaaaaaaa"} | /site
                    half a surrogate pair | "SITE" | "\\ud800" | /site
                    """)
    void jsonThatIsNoVisitorRequest_is422(String what, String good, String bad, String pointer) {
        String secret = TestChoice.secret();
        String body = body(SITE, secret);
        String wrong = body.replace(fill(good, secret), fill(bad, secret));
        assertThat(wrong).isNotEqualTo(body);

        for (String path : List.of(ERASE, HISTORY)) {
            var answer = post(path, wrong);
            assertProblem(answer, 422, "invalid-visitor-request");
            assertThat(answer.body()).contains("\"pointer\":\"" + pointer + "\"");
            assertThat(answer.body()).doesNotContain(secret);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "01", "x", "1.5", " 1", "9999999999999999999", "\\u0000"})
    void afterThatIsNoNext_is422(String after) {
        String body = body(SITE, TestChoice.secret());

        var answer = post(HISTORY, body.replace("}", ",\"after\":\"" + after + "\"}"));

        assertProblem(answer, 422, "invalid-visitor-request");
        assertThat(answer.body()).contains("\"pointer\":\"/after\"");
    }

    @Test
    void after_isUnknownToErasure() {
        String body = body(SITE, TestChoice.secret());

        assertProblem(
                post(ERASE, body.replace("}", ",\"after\":\"1\"}")),
                422,
                "invalid-visitor-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[", "nonsense", "{} {}", "\u0000", "{'site':1}"})
    void whatIsNotJson_is400(String body) {
        assertProblem(post(ERASE, body), 400, "malformed");
        assertProblem(post(HISTORY, body), 400, "malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "true", "\"text\"", "null"})
    void jsonThatIsNoObject_is422(String body) {
        assertProblem(post(ERASE, body), 422, "invalid-visitor-request");
    }

    @Test
    void badUtf8_is400() {
        byte[] body = body(SITE, TestChoice.secret()).getBytes(StandardCharsets.UTF_8);
        body[10] = (byte) 0xff;

        assertProblem(
                http.send(
                        "POST",
                        ERASE,
                        BodyPublishers.ofByteArray(body),
                        "Content-Type",
                        "text/plain"),
                400,
                "malformed");
    }

    @Test
    void whatIsNotCodedAsItSays_is400() {
        assertProblem(
                http.send(
                        "POST", ERASE, body(SITE, TestChoice.secret()), "Content-Encoding", "gzip"),
                400,
                "malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/xml",
                "multipart/form-data",
                "application/x-www-form-urlencoded"
            })
    void otherMediaTypes_are415(String contentType) {
        String body = body(SITE, TestChoice.secret());
        for (String path : List.of(ERASE, HISTORY)) {
            assertProblem(
                    http.send("POST", path, body, "Content-Type", contentType),
                    415,
                    "unsupported-media-type");
        }
    }

    @Test
    void otherMethods_are405() {
        for (String method : List.of("GET", "PUT", "DELETE")) {
            assertProblem(http.send(method, ERASE, ""), 405, "method-not-allowed");
        }
    }

    @Test
    void tooLarge_is413HoweverItIsSent() {
        String body = body(SITE, TestChoice.secret());
        byte[] padded = (body + " ".repeat(8193 - body.length())).getBytes(StandardCharsets.UTF_8);
        var whole = BodyPublishers.ofByteArray(padded);
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(padded));

        for (var publisher : List.of(whole, chunked)) {
            assertProblem(
                    http.send("POST", ERASE, publisher, "Content-Type", "text/plain"),
                    413,
                    "too-large");
        }
        assertThat(post(ERASE, body + " ".repeat(8192 - body.length())).statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> post(String path, String body) {
        return http.send("POST", path, body, "Content-Type", "text/plain");
    }

    private static String fill(String text, String secret) {
        return text.replace("SITE", SITE).replace("SECRET", secret);
    }
}
