// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static dev.assent.TestApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestApi;
import dev.assent.TestSite;
import dev.assent.account.Isolation;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How visitors answered, counted. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatisticsTest implements TestPropertyProvider {
    @Inject EmbeddedServer server;
    @Inject StatisticsJob job;
    @Inject ChoiceCounts counts;
    @Inject Isolation isolation;

    private TestApi api;
    private TestSite site;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeAll
    void publish() {
        api = TestApi.of(server.getURI());
        site = TestSite.publish(server.getURI());
    }

    @Test
    void choices_areCountedOnceAndStayWhenErased() throws JsonException {
        TestSite counted = TestSite.publish(server.getURI());
        assertThat(read(counted, "").integer("total", "choices")).isZero();
        String id = record(counted, "save", true);
        record(counted, "reject_all", false);
        job.run();
        record(counted, "reject_all", false);
        assertThat(isolation.publicly(counts::waiting)).isNotEmpty();

        JsonObject answers = read(counted, "");

        assertThat(isolation.publicly(counts::waiting)).isEmpty();
        assertThat(answers.integer("recorded")).isEqualTo(3);
        assertThat(answers.integer("counted")).isEqualTo(3);
        assertThat(answers.integer("total", "choices")).isEqualTo(3);
        assertThat(answers.integer("total", "actions", "save")).isEqualTo(1);
        assertThat(answers.integer("total", "actions", "reject_all")).isEqualTo(2);
        assertThat(answers.integer("total", "purposes", "theme", "granted")).isEqualTo(1);
        assertThat(answers.integer("total", "purposes", "theme", "refused")).isEqualTo(2);
        assertThat(answers.integer("total", "languages", "fr")).isEqualTo(3);
        assertThat(answers.integer("total", "layouts", "mobile")).isEqualTo(3);
        assertThat(answers.array("days")).hasSize(1);

        api.send("DELETE", "/v1/admin/sites/" + counted.siteKey() + "/consents/" + id, null);
        assertThat(read(counted, "?by=day").integer("total", "choices")).isEqualTo(3);
        assertThat(read(counted, "?from=2020-01-01&to=2020-02-01").array("days")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"version, 1", "language, fr", "layout, mobile"})
    void choices_areGroupedByWhatIsAskedFor(String by, String name) throws JsonException {
        TestSite counted = TestSite.publish(server.getURI());
        record(counted, "save", true);
        record(counted, "reject_all", false);

        JsonObject answers = read(counted, "?by=" + by);

        assertThat(answers.integer("total", "choices")).isEqualTo(2);
        assertThat(answers.array("days")).isEmpty();
        assertThat(answers.array("groups")).hasSize(1);
        JsonObject group = (JsonObject) answers.array("groups").getFirst();
        assertThat(group.text("name")).isEqualTo(name);
        assertThat(group.integer("choices")).isEqualTo(2);
        assertThat(group.integer("actions", "reject_all")).isEqualTo(1);
        assertThat(group.integer("purposes", "theme", "granted")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=x",
                "to=2026-13-01",
                "by=hour",
                "from=2026-02-01&to=2026-01-01",
                "from=2000-01-01&to=2026-01-01"
            })
    void faultyQuery_isRefused(String query) {
        assertProblem(api.get(path(site) + "?" + query).response(), 422, "invalid-query");
    }

    @Test
    void foreignSiteAndKeyOfAnotherScope_openNothing() {
        assertProblem(
                api.get("/v1/admin/sites/aaaaaaaaaa/statistics").response(), 404, "not-found");
        assertProblem(api.withKey(null).get(path(site)).response(), 401, "no-key");
    }

    private JsonObject read(TestSite of, String query) {
        TestApi.Answer answer = api.get(path(of) + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static String record(TestSite at, String action, boolean theme) {
        String id = TestChoice.id().toString();
        String choice =
                TestChoice.json(at, id)
                        .replace("\"action\":\"save\"", "\"action\":\"" + action + "\"")
                        .replace("\"theme\":true", "\"theme\":" + theme);
        assertThat(at.send(choice).statusCode()).isEqualTo(201);
        return id;
    }

    private static String path(TestSite of) {
        return "/v1/admin/sites/" + of.siteKey() + "/statistics";
    }
}
