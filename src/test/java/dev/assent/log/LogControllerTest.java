// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestSite;
import dev.assent.consent.TestChoice;
import dev.assent.merkle.Hash;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogControllerTest implements TestPropertyProvider {
    @Inject EmbeddedServer server;
    private TestLog log;
    private Http http;
    private TestSite site;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeAll
    void publish() {
        log = new TestLog(server.getURI());
        http = new Http(server.getURI());
        site = TestSite.publish(server.getURI());
    }

    /** Through a full tile of leaves and into the second level. */
    @Test
    void log_growsAndStaysWhole() {
        log.check();
        long recorded = 0;
        for (int step : new int[] {1, 3, 60, 200, 260}) {
            for (int i = 0; i < step; i++) {
                assertThat(site.send(TestChoice.json(site)).statusCode()).isEqualTo(201);
            }
            recorded += step;
            long expected = recorded;
            await().until(() -> records() >= expected);
            log.check();
            assertThat(records()).isEqualTo(expected);
        }
    }

    /** How many entries are of records; what operators did is logged in between. */
    private long records() {
        return log.entries(log.checkpoint().size()).stream().filter(it -> it[0] == 1).count();
    }

    @Test
    void firstEntry_saysThatTheLogIsOpened() {
        assertThat(log.entries(1).getFirst()[0]).isEqualTo((byte) 4);
    }

    @Test
    void statement_isWhatItsEntrySays() {
        var statement = http.get("/log/statement/0");
        assertThat(statement.statusCode()).isEqualTo(200);
        assertThat(statement.body()).contains("\"event\":\"log-opened\"", log.key().vkey());
        byte[] entry = new byte[33];
        entry[0] = 4;
        Hash.of(statement.body().getBytes(UTF_8)).copyTo(entry, 1);
        assertThat(log.entries(1).getFirst()).isEqualTo(entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "999999", "9223372036854775807"})
    void statementThatIsNotThere_isNotFound(String index) {
        TestApi.assertProblem(http.get("/log/statement/" + index), 404, "not-found");
    }

    @Test
    void origin_isThePublicAddressWithoutScheme() {
        assertThat(log.checkpoint().origin())
                .isEqualTo("localhost:" + server.getPort() + "/log")
                .isEqualTo(log.key().name());
    }

    @Test
    void answers_sayWhatTheyAreAndHowLongTheyHold() {
        var checkpoint = http.get("/log/checkpoint");
        assertThat(checkpoint.headers().firstValue("content-type"))
                .contains("text/plain; charset=utf-8");
        assertThat(checkpoint.headers().firstValue("cache-control")).contains("public, max-age=2");
        assertThat(checkpoint.headers().firstValue("access-control-allow-origin")).contains("*");
        var tile = http.get("/log/tile/0/000.p/1");
        assertThat(tile.headers().firstValue("content-type")).contains("application/octet-stream");
        assertThat(tile.headers().firstValue("cache-control"))
                .hasValueSatisfying(caching -> assertThat(caching).contains("immutable"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0/999",
                "0/000.p/256",
                "0/000.p/0",
                "0/000.p/01",
                "0/0",
                "8/000",
                "7/000",
                "entries/999",
                "entries/000.p/257",
                "0/x000/000",
                "0/x999/x999/x999/x999/x999/x999/999",
                "0/999999999999999999999999",
                "-1/000",
                "0/000/",
                "0/000.p/",
                "..%2f..%2fcheckpoint"
            })
    void tileThatIsNotThere_isNotFound(String path) {
        TestApi.assertProblem(http.get("/log/tile/" + path), 404, "not-found");
    }
}
