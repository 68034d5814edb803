// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.MovedClock;
import dev.assent.TestApi;
import dev.assent.TestApi.Answer;
import dev.assent.TestDatabase;
import dev.assent.merkle.Hash;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonValue;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Property(name = "moved-clock", value = "true")
class PolicyControllerTest implements TestPropertyProvider {
    private static final String DRAFT =
            "{\"controller\":{\"name\":\"Shop Ltd\"},\"defaultLanguage\":\"en\","
                    + "\"purposes\":[{\"id\":\"session\",\"required\":true}]}";
    private static final String NOW = "{\"material\":true,\"reason\":\"First\"}";

    @Inject EmbeddedServer server;

    @Inject Sites sites;

    @Inject PolicyService policies;

    @Inject PolicyHistory history;

    @Inject MovedClock clock;

    @Property(name = "assent.database.url")
    String url;

    private TestApi api;
    private String site;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeEach
    void makeSite() {
        api = TestApi.of(server.getURI());
        clock.reset();
        site =
                "/v1/admin/sites/"
                        + api.post(
                                        "/v1/admin/sites",
                                        "{\"name\":\"Shop\",\"origins\":[\"https://shop.example\"]}")
                                .text("siteKey");
    }

    @Test
    void publishedVersion_isLiveAndInTheLog() throws Exception {
        put(DRAFT);
        Answer made = publish("{\"material\":false,\"reason\":\"First <b>policy</b>\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().integer("version")).isEqualTo(1);
        assertThat(made.text("state")).isEqualTo("live");
        assertThat(made.json().bool("material")).as("the first one is material").isTrue();

        String sha256 = made.text("sha256");
        Answer artefact = api.withKey(null).get("/v1/artefacts/" + sha256);
        assertThat(artefact.status()).isEqualTo(200);
        assertThat(Hash.of(artefact.body().getBytes(UTF_8)).hex()).isEqualTo(sha256);
        assertThat(artefact.header("Content-Type")).isEqualTo("application/json");
        assertThat(artefact.header("Cache-Control")).contains("immutable");
        assertThat(artefact.text("reason")).isEqualTo("First <b>policy</b>");
        assertThat(artefact.text("publishedAt")).isEqualTo(made.text("publishedAt"));

        Answer read = api.get(site + "/policies/1");
        assertThat(read.json().object("artefact")).isEqualTo(artefact.json());
        assertThat(api.get(site + "/policies").objects()).containsExactly(made.json());
        assertThat(
                        new TestDatabase(url)
                                .text(
                                        "select encode(entry, 'hex') from log_entry where index = ?",
                                        made.json().integer("index")))
                .isEqualTo("02" + sha256);

        Site known = sites.find(siteKey()).join().orElseThrow();
        PolicyVersion version = policies.version(known, 1).join().orElseThrow();
        assertThat(version.sha256().hex()).isEqualTo(sha256);
        assertThat(policies.version(known, 1)).isCompleted();
        assertThat(policies.version(known, 2).join()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "zz",
                "0000000000000000000000000000000000000000000000000000000000000000"
            })
    void unknownArtefact_isNotFound(String sha256) {
        assertThat(api.withKey(null).get("/v1/artefacts/" + sha256).status()).isEqualTo(404);
    }

    @Test
    void artefact_isNotSentTwice() {
        put(DRAFT);
        String path = "/v1/artefacts/" + publish(NOW).text("sha256");
        String tag = api.get(path).header("ETag");
        assertThat(api.get(path, "If-None-Match", tag).status()).isEqualTo(304);
    }

    @Test
    void script_isThatOfTheLiveVersionAtOnce() {
        TestApi visitor = api.withKey(null);
        String tag = "/w/" + siteKey() + ".js";
        assertThat(visitor.get(tag).status()).isEqualTo(404);

        put(DRAFT);
        String first = publish(NOW).text("sha256");
        Answer script = visitor.get(tag);
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.body()).contains(first);

        String second = publish(NOW).text("sha256");
        assertThat(visitor.get(tag).body()).contains(second).doesNotContain(first);

        assertThat(api.send("DELETE", site, null).status()).isEqualTo(204);
        assertThat(visitor.get(tag).status()).isEqualTo(404);
    }

    @Test
    void nextVersion_saysWhatChangedAndWhomItAsks() throws JsonException {
        put(DRAFT);
        publish(NOW);
        put(DRAFT.replace("\"def", "\"lifetime\":\"P3M\",\"def"));
        Answer second = publish("{\"material\":false,\"reason\":\"Shorter\"}");
        assertThat(second.json().bool("material")).isFalse();
        assertThat(api.get(site + "/policies").objects().map(v -> v.find("state").orElseThrow()))
                .containsExactly(new JsonValue.Text("live"), new JsonValue.Text("superseded"));

        Answer diff = api.get(site + "/policies/1/diff/2");
        assertThat(diff.body())
                .contains("{\"after\":\"P3M\",\"before\":\"P6M\",\"pointer\":\"/lifetime\"}")
                .doesNotContain("/texts", "/asks");
        assertThat(api.get(site + "/policies/2").json().object("artefact").integer("asks"))
                .isEqualTo(1);
        assertThat(api.get(site + "/policies/3").status()).isEqualTo(404);
        assertThat(api.get(site + "/policies/1/diff/3").status()).isEqualTo(404);
        assertThat(api.get(site + "/policies/x").status()).isEqualTo(400);
    }

    @Test
    void scheduledVersion_goesLiveAtItsTime() throws JsonException {
        put(DRAFT);
        publish(NOW);
        Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
        Answer made =
                publish(
                        "{\"material\":true,\"reason\":\"Later\",\"effectiveAt\":\""
                                + tomorrow
                                + "\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("state")).isEqualTo("scheduled");
        Site known = sites.find(siteKey()).join().orElseThrow();
        assertThat(policies.version(known, 2).join()).isEmpty();
        assertThat(live()).isEqualTo(1);

        clock.advance(Duration.ofDays(1).plusSeconds(1));
        assertThat(live()).isEqualTo(2);
        assertThat(history.open(known.id(), known.siteKey(), 2)).isPresent();
        assertThat(api.get(site + "/policies/2").text("state")).isEqualTo("live");
        assertThat(api.get(site + "/policies/1").text("state")).isEqualTo("superseded");
    }

    @Test
    void publishingAtOnce_leavesNoGap() {
        put(DRAFT);
        List<CompletableFuture<Answer>> publications =
                IntStream.range(0, 12)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> publish(NOW)))
                        .toList();
        assertThat(publications.stream().map(CompletableFuture::join).map(Answer::status))
                .containsOnly(201);
        assertThat(
                        api.get(site + "/policies")
                                .objects()
                                .map(version -> version.find("version").orElseThrow()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 12)
                                .mapToObj(i -> (JsonValue) new JsonValue.Int(12 - i))
                                .toList());
    }

    @Test
    void otherScope_opensNothingHere() {
        String key =
                api.post("/v1/admin/keys", "{\"name\":\"x\",\"scopes\":[\"sites\",\"records\"]}")
                        .text("key");
        TestApi other = api.withKey(key);
        assertThat(other.get(site + "/draft").status()).isEqualTo(403);
        assertThat(other.send("PUT", site + "/draft", DRAFT).status()).isEqualTo(403);
        assertThat(other.get(site + "/policies").status()).isEqualTo(403);
        assertThat(other.post(site + "/policies", NOW).status()).isEqualTo(403);
    }

    @Test
    void foreignSite_isLikeAnUnknownOne() throws SQLException {
        put(DRAFT);
        publish(NOW);
        new TestDatabase(url).giveAway(siteKey());
        for (String path : List.of("/draft", "/policies", "/policies/1", "/policies/1/diff/1")) {
            Answer foreign = api.get(site + path);
            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.body())
                    .isEqualTo(api.get("/v1/admin/sites/0000000000" + path).body());
        }
        assertThat(put(DRAFT).status()).isEqualTo(404);
        assertThat(put("{}").status()).isEqualTo(404);
        assertThat(publish(NOW).status()).isEqualTo(404);
    }

    private Answer put(String draft, String... headers) {
        return api.send("PUT", site + "/draft", draft, headers);
    }

    private Answer publish(String wish) {
        return api.post(site + "/policies", wish);
    }

    private String siteKey() {
        return site.substring(site.lastIndexOf('/') + 1);
    }

    /** The version that the operator is told to be live. */
    private long live() {
        return api.get(site + "/policies")
                .objects()
                .filter(version ->
                        version.find("state").equals(Optional.of(new JsonValue.Text("live"))))
                .map(version -> ((JsonValue.Int) version.find("version").orElseThrow()).value())
                .findFirst()
                .orElseThrow();
    }
}
