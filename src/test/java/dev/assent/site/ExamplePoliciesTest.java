// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That each policy in {@code examples/} can be imported and published as it stands. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplePoliciesTest implements TestPropertyProvider {
    private static final Path EXAMPLES = Path.of("examples");

    @Inject EmbeddedServer server;

    private TestApi api;
    private String siteKey;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeEach
    void makeSite() {
        api = TestApi.of(server.getURI());
        String wish = "{\"name\":\"Example\",\"origins\":[\"https://site.example\"]}";
        siteKey = api.post("/v1/admin/sites", wish).text("siteKey");
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    @Test
    void examples_areThoseThatTheReadmeExplains() throws IOException {
        String readme = Files.readString(EXAMPLES.resolve("README.md"));
        assertThat(files()).hasSize(5);
        assertThat(files()).allMatch(file -> readme.contains("`" + file.getFileName() + "`"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void example_isPublished(Path file) throws Exception {
        String admin = "/v1/admin/sites/" + siteKey;
        Answer kept = api.send("PUT", admin + "/draft", Files.readString(file));
        assertThat(kept.status()).as(kept.body()).isEqualTo(200);
        assertThat(kept.json().array("obstacles")).isEmpty();

        Answer made = api.post(admin + "/policies", "{\"material\":true,\"reason\":\"First\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> api.get(admin + "/policies/1").text("state").equals("live"));

        assertThat(api.withKey(null).get("/w/" + siteKey + ".js").body())
                .contains(made.text("sha256"))
                .contains(purposesOf(CanonicalJson.parseObject(Files.readAllBytes(file))));
    }

    private static List<String> purposesOf(JsonObject draft) throws JsonException {
        JsonObject texts = draft.object("texts");
        return texts.keys().stream()
                .map(texts::find)
                .map(speech -> ((JsonObject) speech.orElseThrow()).find("purposes").orElseThrow())
                .flatMap(purposes -> ((JsonObject) purposes).members().entrySet().stream())
                .map(purpose -> written(purpose.getKey(), purpose.getValue()))
                .toList();
    }

    private static String written(String id, JsonValue text) {
        String object = CanonicalJson.writeText(JsonObject.builder().put(id, text).build());
        return object.substring(1, object.length() - 1);
    }
}
