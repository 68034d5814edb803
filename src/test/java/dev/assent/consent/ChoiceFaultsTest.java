// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static dev.assent.TestApi.assertProblem;
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
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What must never become a record, and that each fault is named. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChoiceFaultsTest implements TestPropertyProvider {
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

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    unknown purpose | "analytics":false | "analytics":false,"ads":true | /choices/ads
                    missing purpose | ,"analytics":false | '' | /choices/analytics
                    no purposes | {"session":true,"theme":true,"analytics":false} | {} | /choices/session
                    required refused | "session":true | "session":false | /choices/session
                    purpose not a boolean | "theme":true | "theme":"yes" | /choices/theme
                    choices an array | {"session":true,"theme":true,"analytics":false} | [true] | /choices
                    unknown version | "version":1 | "version":77 | /policy/version
                    version zero | "version":1 | "version":0 | /policy/version
                    version huge | "version":1 | "version":9007199254740991 | /policy/version
                    version a fraction | "version":1 | "version":1.0 | /policy/version
                    version a text | "version":1 | "version":"1" | /policy/version
                    other policy | "sha256":" | "sha256":"00 | /policy/sha256
                    language not offered | "language":"fr" | "language":"de" | /language
                    no language | "language":"fr" | "language":"" | /language
                    language with NUL | "language":"fr" | "language":"f\\u0000r" | /language
                    half a surrogate pair | "language":"fr" | "language":"\\ud800" | /language
                    no action | "action":"save", | '' | /action
                    unknown action | "save" | "maybe" | /action
                    accept_all that refuses | "save" | "accept_all" | /choices/analytics
                    reject_all that grants | "save" | "reject_all" | /choices/theme
                    unknown source | "banner" | "billboard" | /source
                    gpc that grants | "save","source":"banner" | "gpc","source":"gpc" | /choices/theme
                    gpc from a banner | "save" | "gpc" | /source
                    unknown layout | "mobile" | "watch" | /layout
                    no such day | 2026-11-21T | 2026-02-30T | /occurredAt
                    a year of five digits | 2026-11-21T | +12026-11-21T | /occurredAt
                    time a number | "2026-11-21T10:00:03.120Z" | 1795255203 | /occurredAt
                    short secret | "secret":" | "secret":"A","secret2":" | /secret
                    unknown field | "source" | "userAgent":"x","source" | /userAgent
                    null | "theme":true | "theme":null | /choices/theme
                    duplicate key | "source" | "action":"save","source" | /action
                    previous no UUIDv7 | "source" | "previous":"x","source" | /previous
                    """)
    void jsonThatIsNoAcceptableChoice_is422(String what, String good, String bad, String pointer)
            throws Exception {
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

    private String choice(String id) {
        return TestChoice.json(site, id);
    }
}
