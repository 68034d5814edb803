// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.site.DemoSite;
import dev.assent.site.PolicyService;
import dev.assent.site.Purpose;
import dev.assent.site.Site;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStartTest {
    private static final String COUNT =
            "select (select count(*) from organization) || ' ' || (select count(*) from site) || ' '"
                    + " || (select count(*) from policy_version)";

    private final String database = TestServers.newDatabase();

    @Test
    void twoNodesAtOnce_makeOneDemo_andLaterStartsNoOther() throws SQLException {
        List<CompletableFuture<EmbeddedServer>> nodes =
                Stream.of("one", "two")
                        .map(node -> CompletableFuture.supplyAsync(() -> start(Map.of())))
                        .toList();
        List<EmbeddedServer> started = nodes.stream().map(CompletableFuture::join).toList();
        List<Integer> ports = started.stream().map(EmbeddedServer::getPort).toList();
        try {
            assertThat(count()).isEqualTo("1 1 1");
            Site site = demo(started.getFirst()).find().orElseThrow();
            assertThat(demo(started.getLast()).find().orElseThrow().siteKey())
                    .isEqualTo(site.siteKey());
            for (int port : ports) {
                assertThat(site.origins())
                        .contains("http://localhost:" + port, "http://127.0.0.1:" + port);
            }
            var version =
                    started.getFirst()
                            .getApplicationContext()
                            .getBean(PolicyService.class)
                            .version(site, 1)
                            .join()
                            .orElseThrow();
            assertThat(version.purposes())
                    .extracting(Purpose::id)
                    .containsExactly("session", "theme", "analytics", "marketing");
            assertThat(version.languages()).contains("en", "de", "fr", "es", "ar");
        } finally {
            started.forEach(EmbeddedServer::close);
        }

        try (EmbeddedServer again = start(Map.of("assent.public-url", "https://demo.example/c"))) {
            assertThat(count()).isEqualTo("1 1 1");
            Site site = demo(again).find().orElseThrow();
            assertThat(site.allows("https://demo.example")).isTrue();
            assertThat(site.allows("http://localhost:" + again.getPort())).isTrue();
            assertThat(site.allows("http://localhost:" + ports.getFirst())).isTrue();

            TestApi.of(again.getURI()).send("DELETE", "/v1/admin/sites/" + site.siteKey(), null);
        }
        try (EmbeddedServer last = start(Map.of())) {
            assertThat(demo(last).find()).as("removed stays removed").isEmpty();
            assertThat(count()).isEqualTo("1 1 1");
        }
    }

    @Test
    void adminKey_isReplacedAtEachStart() {
        String other = "another-admin-key-that-is-long-enough";
        try (EmbeddedServer one = start(Map.of())) {
            assertThat(TestApi.of(one.getURI()).get("/v1/admin/keys").status()).isEqualTo(200);
        }
        try (EmbeddedServer two = start(Map.of("assent.admin-key", other))) {
            TestApi api = TestApi.of(two.getURI());
            assertThat(api.get("/v1/admin/keys").status()).isEqualTo(401);
            assertThat(api.withKey(other).get("/v1/admin/keys").objects()).hasSize(1);
        }
        try (EmbeddedServer three = start(Map.of())) {
            TestApi api = TestApi.of(three.getURI());
            assertThat(api.get("/v1/admin/keys").objects()).hasSize(1);
            assertThat(api.withKey(other).get("/v1/admin/keys").status()).isEqualTo(401);
        }
        try (EmbeddedServer four = start(Map.of("assent.admin-key", ""))) {
            assertThat(TestApi.of(four.getURI()).get("/v1/admin/keys").status()).isEqualTo(401);
        }
    }

    @Test
    void withoutAdminKey_theFirstIsWrittenForItsOwnerAlone(@TempDir Path data) throws IOException {
        Path file = data.resolve("new").resolve("admin-key");
        var properties = Map.of("assent.admin-key", "", "assent.admin-key-file", file.toString());
        String key;
        try (EmbeddedServer first = start(properties)) {
            key = Files.readString(file).strip();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            TestApi api = TestApi.of(first.getURI()).withKey(key);
            assertThat(api.get("/v1/admin/keys").objects()).hasSize(1);
        }
        Files.delete(file);
        try (EmbeddedServer second = start(properties)) {
            assertThat(file).doesNotExist();
            assertThat(TestApi.of(second.getURI()).withKey(key).get("/v1/admin/sites").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void environmentsKeyTakenAway_leavesAFirstKey(@TempDir Path data) throws IOException {
        Path file = data.resolve("admin-key");
        String inFile = "in the file " + file;
        var own = Map.of("assent.admin-key-file", file.toString());
        try (EmbeddedServer first = start(own)) {
            assertThat(file).doesNotExist();
            assertThat(welcome(first)).contains("/demo", "/setup#").doesNotContain("API key");
        }
        var none = Map.of("assent.admin-key", "", "assent.admin-key-file", file.toString());
        String key;
        try (EmbeddedServer second = start(none)) {
            assertThat(welcome(second)).contains(inFile);
            key = Files.readString(file).strip();
            TestApi api = TestApi.of(second.getURI()).withKey(key);
            long id = id(api.get("/v1/admin/keys"));
            assertThat(api.send("DELETE", "/v1/admin/keys/" + id, null).status()).isEqualTo(204);
            assertThat(welcome(second)).as("names a revoked key").doesNotContain(inFile);
        }
        try (EmbeddedServer third = start(none)) {
            assertThat(welcome(third)).contains(inFile);
            String next = Files.readString(file).strip();
            assertThat(next).isNotEqualTo(key);
            TestApi api = TestApi.of(third.getURI()).withKey(next);
            assertThat(api.get("/v1/admin/keys").objects()).hasSize(1);
        }
    }

    @Test
    void originGivenTwice_isStoredOnce() throws SQLException {
        int port = TestServers.freePort();
        String origin = "http://127.0.0.1:" + port;
        var address =
                Map.of("assent.public-url", origin, "micronaut.server.port", String.valueOf(port));
        try (EmbeddedServer node = start(address)) {
            assertThat(demo(node).find().orElseThrow().origins())
                    .contains(origin)
                    .doesNotHaveDuplicates();
        }
        new TestDatabase(database).execute("update site set origins = origins || origins");
        try (EmbeddedServer node = start(address)) {
            assertThat(demo(node).find().orElseThrow().origins())
                    .contains(origin)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shortAdminKey_keepsTheServiceFromStarting() {
        assertThatThrownBy(() -> start(Map.of("assent.admin-key", "short")))
                .hasStackTraceContaining("ASSENT_ADMIN_KEY must have at least 32 characters");
    }

    private EmbeddedServer start(Map<String, String> more) {
        Map<String, Object> properties = new HashMap<>(TestServers.properties(database));
        properties.put("assent.admin-key", TestApi.ADMIN_KEY);
        properties.putAll(more);
        return ApplicationContext.run(EmbeddedServer.class, properties);
    }

    private static String welcome(EmbeddedServer node) {
        return node.getApplicationContext().getBean(Welcome.class).text();
    }

    private static long id(TestApi.Answer keys) {
        return keys.objects()
                .map(key -> {
                    try {
                        return key.integer("id");
                    } catch (dev.assent.receipt.JsonException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .findFirst()
                .orElseThrow();
    }

    private static DemoSite demo(EmbeddedServer node) {
        return node.getApplicationContext().getBean(DemoSite.class);
    }

    private String count() throws SQLException {
        return new TestDatabase(database).text(COUNT);
    }
}
