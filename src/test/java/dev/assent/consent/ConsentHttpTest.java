// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Every row of the answer list, and what must never become a record. */
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

    static Stream<Arguments> unacceptable() {
        return Stream.of(
                Arguments.of(
                        "unknown purpose",
                        "\"analytics\":false",
                        "\"analytics\":false,\"ads\":true",
                        "/choices/ads"),
                Arguments.of("missing purpose", ",\"analytics\":false", "", "/choices/analytics"),
                Arguments.of(
                        "no purposes",
                        "{\"session\":true,\"theme\":true,\"analytics\":false}",
                        "{}",
                        "/choices/session"),
                Arguments.of(
                        "required refused",
                        "\"session\":true",
                        "\"session\":false",
                        "/choices/session"),
                Arguments.of(
                        "purpose not a boolean",
                        "\"theme\":true",
                        "\"theme\":\"yes\"",
                        "/choices/theme"),
                Arguments.of(
                        "choices an array",
                        "{\"session\":true,\"theme\":true,\"analytics\":false}",
                        "[true]",
                        "/choices"),
                Arguments.of(
                        "unknown version", "\"version\":1", "\"version\":77", "/policy/version"),
                Arguments.of("version zero", "\"version\":1", "\"version\":0", "/policy/version"),
                Arguments.of(
                        "version huge",
                        "\"version\":1",
                        "\"version\":9007199254740991",
                        "/policy/version"),
                Arguments.of(
                        "version a fraction",
                        "\"version\":1",
                        "\"version\":1.0",
                        "/policy/version"),
                Arguments.of(
                        "version a text", "\"version\":1", "\"version\":\"1\"", "/policy/version"),
                Arguments.of("other policy", "\"sha256\":\"", "\"sha256\":\"00", "/policy/sha256"),
                Arguments.of(
                        "language not offered",
                        "\"language\":\"fr\"",
                        "\"language\":\"de\"",
                        "/language"),
                Arguments.of(
                        "no language", "\"language\":\"fr\"", "\"language\":\"\"", "/language"),
                Arguments.of(
                        "language with NUL",
                        "\"language\":\"fr\"",
                        "\"language\":\"f\\u0000r\"",
                        "/language"),
                Arguments.of(
                        "half a surrogate pair",
                        "\"language\":\"fr\"",
                        "\"language\":\"\\ud800\"",
                        "/language"),
                Arguments.of("no action", "\"action\":\"save\",", "", "/action"),
                Arguments.of("unknown action", "\"save\"", "\"maybe\"", "/action"),
                Arguments.of(
                        "accept_all that refuses",
                        "\"save\"",
                        "\"accept_all\"",
                        "/choices/analytics"),
                Arguments.of(
                        "reject_all that grants", "\"save\"", "\"reject_all\"", "/choices/theme"),
                Arguments.of("unknown source", "\"banner\"", "\"billboard\"", "/source"),
                Arguments.of(
                        "gpc that grants",
                        "\"save\",\"source\":\"banner\"",
                        "\"gpc\",\"source\":\"gpc\"",
                        "/choices/theme"),
                Arguments.of("gpc from a banner", "\"save\"", "\"gpc\"", "/source"),
                Arguments.of("unknown layout", "\"mobile\"", "\"watch\"", "/layout"),
                Arguments.of("no such day", "2026-11-21T", "2026-02-30T", "/occurredAt"),
                Arguments.of(
                        "a year of five digits", "2026-11-21T", "+12026-11-21T", "/occurredAt"),
                Arguments.of(
                        "time a number",
                        "\"2026-11-21T10:00:03.120Z\"",
                        "1795255203",
                        "/occurredAt"),
                Arguments.of(
                        "short secret",
                        "\"secret\":\"",
                        "\"secret\":\"A\",\"secret2\":\"",
                        "/secret"),
                Arguments.of(
                        "unknown field",
                        "\"source\"",
                        "\"userAgent\":\"x\",\"source\"",
                        "/userAgent"),
                Arguments.of("null", "\"theme\":true", "\"theme\":null", "/choices/theme"),
                Arguments.of(
                        "duplicate key", "\"source\"", "\"action\":\"save\",\"source\"", "/action"),
                Arguments.of(
                        "previous no UUIDv7",
                        "\"source\"",
                        "\"previous\":\"x\",\"source\"",
                        "/previous"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void unacceptable(String what, String good, String bad, String pointer) throws Exception {
        String id = TestChoice.id().toString();
        String choice = choice(id);
        assertThat(choice).contains(good);

        var answer = site.send(choice.replace(good, bad));

        assertProblem(answer, 422, "invalid-choice");
        assertThat(answer.body()).contains("\"pointer\":\"" + pointer + "\"");
        assertThat(http.get("/v1/consents/" + id).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "x",
                "0198f0c2-8f3a-4c1e-9b7a-3f0c6f1f2a11",
                "0198f0c2-8f3a-7c1e-cb7a-3f0c6f1f2a11",
                "0198f0c28f3a7c1e9b7a3f0c6f1f2a11",
                "1-1-7-8-1",
                "' or 1=1 --"
            })
    void idThatIsNoUuidV7_is422(String id) {
        var answer = site.send(choice(id));

        assertProblem(answer, 422, "invalid-choice");
        assertThat(answer.body()).contains("\"pointer\":\"/id\"");
    }

    @Test
    void everyFault_isNamedAtOnce() {
        var answer = site.send("{\"choices\":{}}");

        assertProblem(answer, 422, "invalid-choice");
        assertThat(answer.body())
                .contains(
                        "/id",
                        "/policy",
                        "/action",
                        "/source",
                        "/language",
                        "/layout",
                        "/occurredAt",
                        "/secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "[", "nonsense", "{\"id\":", "{} {}", "\u0000", "{'id':1}"})
    void whatIsNotJson_is400(String body) {
        assertProblem(site.send(body), 400, "malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "snappy"})
    void whatIsNotCodedAsItSays_is400(String coding) {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        root.addAppender(log);
        try {
            for (int i = 0; i < 3; i++) {
                var answer =
                        http.send(
                                "POST",
                                site.path(),
                                choice(TestChoice.id().toString()),
                                "Origin",
                                TestSite.ORIGIN,
                                "Content-Encoding",
                                coding);
                assertProblem(answer, 400, "malformed");
            }
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list).noneMatch(event -> event.getThrowableProxy() != null);
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
    @ValueSource(strings = {"text/html", "application/json"})
    void receipt_isPendingAsLongAsNothingIsSigned(String accept) throws Exception {
        var recorded = new TestApi.Answer(site.send(choice(TestChoice.id().toString())));
        String path = java.net.URI.create(recorded.text("receipt")).getPath();

        var answer = http.get(path, "Accept", accept);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("60");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertPrivate(answer);
        assertThat(new TestApi.Answer(answer).text("state")).isEqualTo("pending");
    }

    @Test
    void truncatedAnywhere_isNeverStoredAndNeverOurFault() {
        String choice = choice(TestChoice.id().toString());
        for (int length = 0; length < choice.length(); length += 7) {
            assertProblem(site.send(choice.substring(0, length)), 400, "malformed");
        }
    }

    @Test
    void badUtf8_is400() {
        byte[] body = choice(TestChoice.id().toString()).getBytes(StandardCharsets.ISO_8859_1);
        body[10] = (byte) 0xff;
        var answer =
                http.send(
                        "POST",
                        site.path(),
                        BodyPublishers.ofByteArray(body),
                        "Origin",
                        TestSite.ORIGIN);

        assertProblem(answer, 400, "malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "true", "\"text\"", "null"})
    void jsonThatIsNoObject_is422(String body) {
        assertProblem(site.send(body), 422, "invalid-choice");
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

    @Test
    void records_areListedNewestFirstInPages() throws Exception {
        TestSite own = TestSite.publish(server.getURI());
        for (int i = 0; i < 5; i++) {
            own.send(TestChoice.json(own));
        }
        TestApi api = TestApi.of(server.getURI());
        String path = "/v1/admin/sites/" + own.siteKey() + "/consents";

        var first = api.get(path + "?limit=3").json();
        assertThat(first.array("records")).hasSize(3);
        assertThat(first.array("records").getFirst().toString()).contains("record");
        String next = first.text("next");
        assertThat(next).isEqualTo("3");
        var second = api.get(path + "?limit=3&after=" + next).json();
        assertThat(second.array("records")).hasSize(2);
        assertThat(second.keys()).doesNotContain("next");
        assertThat(api.get(path + "?action=withdraw").json().array("records")).isEmpty();
        assertThat(api.get(path + "?to=2020-01-01").json().array("records")).isEmpty();
        assertThat(api.get(path + "?from=2020-01-01T00:00:00Z").json().array("records")).hasSize(5);
        for (String bad :
                List.of(
                        "after=x",
                        "from=yesterday",
                        "action=maybe",
                        "after=-1",
                        "to=2026-13-01",
                        "from=-4800-01-01T00:00:00Z",
                        "from=%2B999999999-12-31T23:59:59Z",
                        "to=%2B300000-01-01T00:00:00Z")) {
            var answer = http.get(path + "?" + bad, "Authorization", "Bearer " + TestApi.ADMIN_KEY);
            assertProblem(answer, 422, "invalid-query");
        }
    }

    private String choice(String id) {
        return TestChoice.json(site, id);
    }

    private static void assertPrivate(HttpResponse<String> answer) {
        assertThat(answer.headers().allValues("cache-control"))
                .containsExactly("private, no-store");
        assertThat(answer.headers().allValues("vary")).containsExactly("Accept");
        assertThat(answer.headers().allValues("x-robots-tag")).containsExactly("noindex");
        assertThat(answer.headers().allValues("referrer-policy")).containsExactly("no-referrer");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.body())
                .contains("\"type\":\"/problems/" + code + "\"", "\"status\":" + status);
    }
}
