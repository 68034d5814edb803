// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestApi;
import dev.assent.TestApi.Answer;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a published version says of its draft, and how much of it there may be. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedArtefactTest implements TestPropertyProvider {
    private static final String DRAFT =
            """
            {"controller":{"name":"Shop Ltd"},"defaultLanguage":"en","microsoftConsentMode":true,"purposes":[
             {"id":"session","required":true},
             {"id":"analytics","hosts":["*.stats.example"]},
             {"id":"marketing","dpv":"dpv:PersonalisedAdvertising"}]}
            """;

    @Inject EmbeddedServer server;

    private TestApi api;
    private String siteKey;
    private String site;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeEach
    void makeSite() {
        api = TestApi.of(server.getURI());
        String wish =
                "{\"name\":\"Shop\",\"origins\":[\"https://shop.example\",\"https://*.shop.example\"]}";
        siteKey = api.post("/v1/admin/sites", wish).text("siteKey");
        site = "/v1/admin/sites/" + siteKey;
    }

    @Test
    void newFields_areInTheArtefactAsTheyApply() throws JsonException {
        put(DRAFT);
        publish(true);
        JsonObject artefact = artefact(1);

        assertThat(artefact.bool("microsoftConsentMode")).isTrue();
        assertThat(artefact.bool("matomo")).isFalse();
        assertThat(artefact.array("purposes").stream().map(CanonicalJson::writeText))
                .containsExactly(
                        "{\"id\":\"session\",\"required\":true,\"saleOrShare\":false,\"since\":1,"
                                + "\"trackers\":[]}",
                        "{\"hosts\":[\"*.stats.example\"],\"id\":\"analytics\",\"required\":false,"
                                + "\"saleOrShare\":false,\"since\":1,\"trackers\":[]}",
                        "{\"dpv\":\"dpv:PersonalisedAdvertising\",\"id\":\"marketing\","
                                + "\"required\":false,\"saleOrShare\":true,\"since\":1,"
                                + "\"trackers\":[]}");
    }

    @Test
    void ages_followTheMaterialVersions() throws JsonException {
        put(DRAFT);
        publish(true);
        put(DRAFT.replace("*.stats", "*.more-stats"));
        publish(false);
        assertThat(ages(2)).isEqualTo(Map.of("session", 1L, "analytics", 1L, "marketing", 1L));
        publish(true);
        assertThat(ages(3)).isEqualTo(Map.of("session", 1L, "analytics", 3L, "marketing", 1L));
        put(
                DRAFT.replace("*.stats", "*.more-stats")
                        .replace("dpv:PersonalisedAdvertising", "dpv:Marketing"));
        publish(true);
        assertThat(ages(4)).isEqualTo(Map.of("session", 1L, "analytics", 3L, "marketing", 4L));
        publish(false);
        assertThat(ages(5)).isEqualTo(ages(4));
        publish(true);
        assertThat(ages(6).values()).containsOnly(6L);
    }

    @Test
    void hostsOfTheSiteItself_areNotHeldBack() {
        for (String host : List.of("shop.example", "*.shop.example")) {
            Answer kept = put(DRAFT.replace("*.stats.example", "cdn.example\",\"" + host));
            assertThat(kept.status()).isEqualTo(200);
            assertThat(kept.body()).contains("/purposes/1/hosts/1");
            Answer refused = publish(true);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.pointers()).containsExactly("/purposes/1/hosts/1");
        }
    }

    /**
     * The demo's policy in all languages that are built in: more than any script needs to carry.
     */
    @Test
    void allLanguages_arePublishedAndServed() throws Exception {
        String texts = TextsTest.languages().map("\"%s\":{}"::formatted).collect(joining(","));
        put(demo().replaceFirst("\"texts\": \\{.*}", "\"texts\":{" + texts + "}"));
        Answer published = publish(true);
        assertThat(published.status()).as(published.body()).isEqualTo(201);
        Answer artefact = api.withKey(null).get("/v1/artefacts/" + published.text("sha256"));

        assertThat(artefact.body().getBytes(UTF_8).length)
                .isGreaterThan(CanonicalJson.MAX_BYTES)
                .isLessThan(CanonicalJson.MAX_ARTEFACT_BYTES / 2);
        String script = api.withKey(null).get("/w/" + siteKey + ".js").body();
        for (String language : TextsTest.languages().toList()) {
            JsonObject speech = artefact.json().object("texts", language);
            assertThat(script)
                    .contains("\"" + language + "\":{")
                    .contains(CanonicalJson.writeText(new JsonValue.Text(speech.text("body"))))
                    .doesNotContain(speech.text("details", "receiptAbout"));
        }
    }

    @Test
    void tooLongArtefact_isRefusedAndNothingIsStored() {
        String word = "long ".repeat(400).strip();
        String more =
                Stream.of(
                                "body",
                                "gpc",
                                "frame",
                                "decided",
                                "undecided",
                                "changed",
                                "changes",
                                "save",
                                "choose",
                                "close")
                        .map(key -> "\"" + key + "\":\"" + word + "\"")
                        .collect(joining(","));
        String texts =
                TextsTest.languages()
                        .map(language -> "\"" + language + "\":{" + more + "}")
                        .collect(joining(","));
        assertThat(put(DRAFT.replaceFirst("\\{", "{\"texts\":{" + texts + "},")).status())
                .isEqualTo(200);
        Answer refused = publish(true);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("expected at most 524288");
        assertThat(api.get(site + "/policies").body()).isEqualTo("[]");
    }

    private Answer put(String draft) {
        return api.send("PUT", site + "/draft", draft);
    }

    private Answer publish(boolean material) {
        return api.post(site + "/policies", "{\"material\":" + material + ",\"reason\":\"x\"}");
    }

    private JsonObject artefact(int version) throws JsonException {
        return api.get(site + "/policies/" + version).json().object("artefact");
    }

    private Map<String, Long> ages(int version) throws JsonException {
        Map<String, Long> ages = new TreeMap<>();
        for (JsonValue purpose : artefact(version).array("purposes")) {
            ages.put(((JsonObject) purpose).text("id"), ((JsonObject) purpose).integer("since"));
        }
        return ages;
    }

    private static String demo() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        PublishedArtefactTest.class.getResourceAsStream(
                                "/dev/assent/demo-policy.json"))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
