// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.TestApi;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.embedded.LocalPostgres;
import dev.assent.embedded.LocalRedis;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers behind the service go away and come back while visitors answer. */
class OutageTest {
    @TempDir Path folder;

    @Test
    void databaseAway_isA503ThatStoresNothingAndPasses() {
        LocalPostgres postgres = LocalPostgres.start(folder);
        try (EmbeddedServer service = start(postgres, TestServers.redisUri())) {
            TestSite site = TestSite.publish(service.getURI());
            String script = "/w/" + site.siteKey() + ".js";
            assertThat(site.send(choice(site)).statusCode()).isEqualTo(201);
            assertThat(site.http().get(script).statusCode()).isEqualTo(200);
            postgres.close();

            String choice = choice(site);
            HttpResponse<String> away = site.send(choice);
            assertThat(away.statusCode()).isEqualTo(503);
            assertThat(away.headers().firstValue("retry-after")).isPresent();
            assertThat(away.headers().firstValue("access-control-allow-origin")).hasValue("*");
            assertThat(away.body()).contains("/problems/unavailable");
            assertThat(site.http().get("/v1/consents/" + TestChoice.id()).statusCode())
                    .isEqualTo(503);
            for (String path : List.of("/v1/visitors/erase", "/v1/visitors/history")) {
                HttpResponse<String> visitor =
                        site.http()
                                .send(
                                        "POST",
                                        path,
                                        "{\"site\":\"%s\",\"secret\":\"%s\"}"
                                                .formatted(site.siteKey(), TestChoice.secret()));
                assertThat(visitor.statusCode()).isEqualTo(503);
                assertThat(visitor.headers().firstValue("retry-after")).isPresent();
            }
            assertThat(site.http().get(script).statusCode()).isEqualTo(200);

            postgres = LocalPostgres.start(folder);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> site.send(choice).statusCode() == 201);
            assertThat(new TestApi.Answer(site.send(choice)).json().find("seq").orElseThrow())
                    .hasToString("Int[value=2]");
        } finally {
            postgres.close();
        }
    }

    @Test
    void redisAway_isNotNoticedByVisitors() {
        LocalRedis redis = LocalRedis.start(folder).orElseThrow();
        try (LocalPostgres postgres = LocalPostgres.start(folder);
                EmbeddedServer service = start(postgres, redis.uri().toString())) {
            TestSite site = TestSite.publish(service.getURI());
            redis.close();

            assertThat(site.send(choice(site)).statusCode()).isEqualTo(201);
            assertThat(site.http().get("/w/" + site.siteKey() + ".js").statusCode()).isEqualTo(200);
            TestSite later = TestSite.publish(service.getURI());
            assertThat(later.send(choice(later)).statusCode()).isEqualTo(201);
        }
    }

    private static EmbeddedServer start(LocalPostgres postgres, String redisUri) {
        Map<String, Object> properties = new HashMap<>(TestApi.properties());
        properties.put("assent.database.url", postgres.jdbcUrl());
        properties.put("assent.database.user", postgres.user());
        properties.put("assent.database.password", postgres.password());
        properties.put("assent.redis-uri", redisUri);
        return ApplicationContext.run(EmbeddedServer.class, properties, "test");
    }

    private static String choice(TestSite site) {
        return TestChoice.json(site);
    }
}
