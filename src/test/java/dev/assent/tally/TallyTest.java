// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import static dev.assent.TestApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestApi;
import dev.assent.TestSite;
import dev.assent.account.Isolation;
import dev.assent.site.Site;
import dev.assent.site.Sites;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages tell beside choices, as anybody may send it. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TallyTest implements TestPropertyProvider {
    @Inject EmbeddedServer server;
    @Inject ShownCounts shown;
    @Inject UndeclaredTrackers undeclared;
    @Inject CountJob job;
    @Inject Sites sites;
    @Inject Isolation isolation;

    private TestCounting page;

    @Override
    public Map<String, String> getProperties() {
        Map<String, String> properties = TestApi.properties();
        properties.put("assent.rate-limit", "1000");
        return properties;
    }

    @BeforeAll
    void publish() {
        page = TestCounting.publish(server.getURI());
    }

    @Test
    void bannersShown_areCountedByKindAndWrittenOnce() {
        TestCounting counted = TestCounting.publish(server.getURI());
        HttpResponse<String> answer = counted.shown(2, "fr", "mobile");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
        counted.shown(2, "fr", "mobile");
        counted.shown(2, "en", "desktop");
        job.run();
        counted.shown(2, "fr", "mobile");

        assertThat(read(counted.site()))
                .extracting(ShownCounts.Count::language, ShownCounts.Count::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("en", 1L),
                        org.assertj.core.groups.Tuple.tuple("fr", 3L));
    }

    @Test
    void script_carriesWhatThePolicyAsksFor() {
        String script = page.site().http().get("/w/" + page.site().siteKey() + ".js").body();
        assertThat(script)
                .contains("\"countShown\":true", "\"sampleUndeclared\":1", "\"undeclared\"");
        String quiet = TestSite.publish(server.getURI()).siteKey();
        assertThat(page.site().http().get("/w/" + quiet + ".js").body())
                .doesNotContain("countShown", "sampleUndeclared");
    }

    @Test
    void versionThatDoesNotAsk_isNotTold() {
        assertProblem(page.shown(1, "fr", "mobile"), 422, "invalid-count");
        assertProblem(page.shown(99, "fr", "mobile"), 422, "invalid-count");
        assertProblem(
                page.tell("undeclared", "{\"version\":1,\"cookie\":[\"x\"]}"),
                422,
                "invalid-count");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shown | {} | 422",
                "shown | | 400",
                "shown | nonsense | 400",
                "shown | [] | 422",
                "shown | {\"version\":2,\"language\":\"xx\",\"layout\":\"mobile\"} | 422",
                "shown | {\"version\":2,\"language\":\"fr\",\"layout\":\"tv\"} | 422",
                "shown | {\"version\":2,\"language\":\"fr\"} | 422",
                "shown | {\"version\":-1,\"language\":\"fr\",\"layout\":\"mobile\"} | 422",
                "shown | {\"version\":9007199254740993,\"language\":\"fr\",\"layout\":\"mobile\"} | 422",
                "shown | {\"version\":2,\"language\":\"fr\",\"layout\":\"mobile\",\"id\":1} | 422",
                "undeclared | {\"cookie\":[\"x\"]} | 422",
                "undeclared | {\"version\":2,\"cookie\":[1]} | 422",
                "undeclared | {\"version\":2,\"cookie\":{}} | 422",
                "undeclared | {\"version\":2,\"values\":[\"x\"]} | 422"
            })
    void nonsense_isRefused(String what, String body, int status) {
        HttpResponse<String> answer = page.tell(what, body == null ? "" : body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("/problems/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shown", "undeclared"})
    void elsewhereAndTooMuch_isRefused(String what) {
        String path = "/v1/sites/" + page.site().siteKey() + "/" + what;
        String body = "{\"version\":2,\"language\":\"fr\",\"layout\":\"mobile\"}";
        String names = "{\"version\":2}";
        String sent = what.equals("shown") ? body : names;
        assertProblem(
                page.site()
                        .http()
                        .send(
                                "POST",
                                path,
                                sent,
                                "Origin",
                                "https://other.example",
                                "Content-Type",
                                "text/plain"),
                403,
                "origin-not-allowed");
        assertProblem(
                page.site().http().send("POST", path, sent, "Content-Type", "text/plain"),
                403,
                "origin-not-allowed");
        assertProblem(
                page.site()
                        .http()
                        .send(
                                "POST",
                                path.replace(page.site().siteKey(), "aaaaaaaaaa"),
                                sent,
                                "Origin",
                                TestSite.ORIGIN,
                                "Content-Type",
                                "text/plain"),
                404,
                "not-found");
        assertProblem(page.tell(what, "[\"" + "x".repeat(9000) + "\"]"), 413, "too-large");
    }

    @Test
    void undeclaredNames_areMaskedAndKeptOnce() {
        TestCounting told = TestCounting.publish(server.getURI());
        String report =
                """
                {"version":2,"cookie":["_fbp","_ga_1234","ot-session","assent","uid_12345","<script>","anna@example.com"],
                 "localStorage":["cart"],"sessionStorage":["assent.x.notice","cart"]}
                """;
        assertThat(told.tell("undeclared", report).statusCode()).isEqualTo(204);
        job.run();
        assertThat(told.tell("undeclared", report).statusCode()).isEqualTo(204);

        assertThat(list(told.site()))
                .extracting(it -> it.type() + " " + it.name() + " " + it.count())
                .containsExactly(
                        "cookie * 2",
                        "cookie <script> 2",
                        "cookie _fbp 2",
                        "cookie uid_##### 2",
                        "localStorage cart 2",
                        "sessionStorage cart 2");
    }

    @Test
    void manyNames_fillNoMoreThanTheirPlace() {
        TestCounting told = TestCounting.publish(server.getURI());
        for (int i = 0; i < 12; i++) {
            String place = Character.toString('a' + i);
            String names =
                    IntStream.range(0, 20)
                            .mapToObj(n -> "\"" + place + "-" + Character.toString('a' + n) + "\"")
                            .collect(Collectors.joining(","));
            told.tell("undeclared", "{\"version\":2,\"cookie\":[" + names + "]}");
        }
        assertThat(list(told.site())).hasSize(UndeclaredTrackers.MAX_NAMES);
        told.tell("undeclared", "{\"version\":2,\"cookie\":[\"a-a\"]}");
        job.run();
        assertThat(list(told.site()).getFirst().count()).isEqualTo(2);
    }

    @Test
    void name_isIgnoredAndForgotten() {
        TestCounting told = TestCounting.publish(server.getURI());
        told.tell("undeclared", "{\"version\":2,\"cookie\":[\"_fbp\"]}");
        Site site = site(told.site());
        assertThat(list(told.site())).hasSize(1);
        within(site, () -> undeclared.ignore(site, "cookie", "_fbp", true));
        assertThat(list(told.site()).getFirst().ignored()).isTrue();
        within(
                site,
                () -> {
                    undeclared.forget(site);
                    return true;
                });
        assertThat(list(told.site())).isEmpty();
    }

    private List<ShownCounts.Count> read(TestSite of) {
        Site site = site(of);
        LocalDate far = LocalDate.of(2200, 1, 1);
        return within(site, () -> shown.read(site, LocalDate.of(2020, 1, 1), far));
    }

    private List<Undeclared> list(TestSite of) {
        Site site = site(of);
        return within(site, () -> undeclared.list(site));
    }

    private <T> T within(Site site, java.util.function.Supplier<T> work) {
        return isolation.within(site.organizationId(), work);
    }

    private Site site(TestSite of) {
        return sites.find(of.siteKey()).join().orElseThrow();
    }
}
