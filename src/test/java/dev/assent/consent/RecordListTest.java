// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static dev.assent.TestApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestSite;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An operator pages through the records of a site. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordListTest implements TestPropertyProvider {
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
    void records_areListedNewestFirstInPages() throws Exception {
        for (int i = 0; i < 5; i++) {
            site.send(TestChoice.json(site));
        }
        TestApi api = TestApi.of(server.getURI());
        String path = "/v1/admin/sites/" + site.siteKey() + "/consents";

        var first = api.get(path + "?limit=3").json();
        assertThat(seqs(first)).containsExactly(5L, 4L, 3L);
        String next = first.text("next");
        assertThat(next).isEqualTo("3");
        var second = api.get(path + "?limit=3&after=" + next).json();
        assertThat(seqs(second)).containsExactly(2L, 1L);
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

    private static Stream<Long> seqs(JsonObject page) throws JsonException {
        return page.array("records").stream()
                .map(item -> ((JsonObject) item).find("record", "seq").orElseThrow())
                .map(seq -> ((JsonValue.Int) seq).value());
    }
}
