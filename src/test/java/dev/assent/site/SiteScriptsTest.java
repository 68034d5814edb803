// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.MovedClock;
import dev.assent.TestRedis;
import dev.assent.TestServers;
import dev.assent.site.RawClient.Answer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Nodes on one database: two that share a Redis and hear each other, one that is alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteScriptsTest {
    private final String url = TestServers.newDatabase();
    private final TestScripts sites = new TestScripts(url);
    private TestRedis redis;
    private EmbeddedServer here;
    private EmbeddedServer there;
    private EmbeddedServer alone;

    @BeforeAll
    void start() {
        redis = new TestRedis();
        // So long that what is seen in a test was not found by looking again.
        here = node(redis.uri(), "1h");
        there = node(redis.uri(), "1h");
        alone = node("", "1s");
    }

    @BeforeEach
    void resetClocks() {
        clock(here).reset();
        clock(there).reset();
    }

    @AfterAll
    void stop() throws Exception {
        here.close();
        there.close();
        alone.close();
        redis.close();
    }

    @Test
    void publication_isHeardByTheOtherNode() throws Exception {
        String site = sites.newSiteWithScript();
        assertShown(here, site, 1);
        assertShown(there, site, 1);
        publishHere(site, 2);
        assertShown(here, site, 2);
        await().untilAsserted(() -> assertShown(there, site, 2));
    }

    @Test
    void publication_isSeenWithoutRedisAfterTheRefreshTime() throws Exception {
        String site = sites.newSiteWithScript();
        assertShown(alone, site, 1);
        publishHere(site, 2);
        await().untilAsserted(() -> assertShown(alone, site, 2));
    }

    @Test
    void firstPublication_endsTheNotFound() throws Exception {
        String site = sites.newSite();
        assertThat(get(here, site).status()).isEqualTo(404);
        assertThat(get(there, site).status()).isEqualTo(404);
        // What it believes it believes for longer than this test lasts.
        clock(there).advance(Duration.ofHours(-1));
        publishHere(site, 1);
        assertShown(here, site, 1);
        await().untilAsserted(() -> assertShown(there, site, 1));
    }

    @Test
    void scheduledVersion_goesLiveOnTimeOnEveryNode() throws Exception {
        String site = sites.newSiteWithScript();
        sites.publish(site, 2, Instant.now().plus(Duration.ofMinutes(10)));
        here.getApplicationContext().getBean(SiteScripts.class).published(site);
        assertShown(here, site, 1);
        assertShown(there, site, 1);
        clock(here).advance(Duration.ofMinutes(10));
        clock(there).advance(Duration.ofMinutes(10));
        // At most a lookup that began before the hands were moved still says what was then.
        await().untilAsserted(() -> assertShown(here, site, 2));
        await().untilAsserted(() -> assertShown(there, site, 2));
    }

    @Test
    void removedSite_isNotFoundUnderEitherName() throws Exception {
        String site = sites.newSite();
        SiteScript script = sites.publish(site, 1, TestScripts.LONG_AGO);
        String byHash = "/w/" + site + "/" + script.sha256() + ".js";
        for (EmbeddedServer node : new EmbeddedServer[] {here, there}) {
            assertShown(node, site, 1);
            assertThat(RawClient.get(node.getPort(), byHash).status()).isEqualTo(200);
        }
        sites.remove(site);
        here.getApplicationContext().getBean(SiteScripts.class).published(site);
        for (EmbeddedServer node : new EmbeddedServer[] {here, there}) {
            await().untilAsserted(() -> assertThat(get(node, site).status()).isEqualTo(404));
            assertThat(RawClient.get(node.getPort(), byHash).status()).isEqualTo(404);
        }
    }

    @Test
    void poisonedRedis_neverReachesAVisitor() throws Exception {
        String site = sites.newSite();
        SiteScript script = sites.publish(site, 1, TestScripts.LONG_AGO);
        String key = RedisScripts.key(site, script.sha256());
        redis.ask(commands -> commands.set(key, "steal(document.cookie)".getBytes(UTF_8)));
        assertShown(here, site, 1);
        byte[] now = redis.ask(commands -> commands.get(key));
        assertThat(now).as("put right by who noticed").endsWith(script.identity());
    }

    @Test
    void bytes_areSharedThroughRedis() throws Exception {
        String site = sites.newSite();
        SiteScript script = sites.publish(site, 1, TestScripts.LONG_AGO);
        String key = RedisScripts.key(site, script.sha256());
        assertThat(redis.holds(key)).isFalse();
        assertShown(here, site, 1);
        assertThat(redis.holds(key)).isTrue();
        assertShown(there, site, 1);
    }

    @Test
    void redisInTrouble_isNotAVisitorsTrouble() throws Exception {
        String known = sites.newSiteWithScript();
        assertShown(here, known, 1);

        redis.ask(commands -> commands.flushall());
        assertShown(here, known, 1);
        assertShown(here, sites.newSiteWithScript(), 1);

        redis.hang();
        long begin = System.nanoTime();
        assertShown(here, known, 1);
        assertShown(here, sites.newSiteWithScript(), 1);
        publishHere(known, 2);
        assertShown(here, known, 2);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        redis.goOn();
        await().untilAsserted(() -> assertShown(there, known, 2));

        redis.kill();
        assertShown(here, known, 2);
        assertShown(there, sites.newSiteWithScript(), 1);
        publishHere(known, 3);
        assertShown(here, known, 3);
        redis.startAgain();
        // Nobody told the other node, but it knows that it may have missed something.
        await().untilAsserted(() -> assertShown(there, known, 3));
        publishHere(known, 4);
        await().untilAsserted(() -> assertShown(there, known, 4));
    }

    @Test
    void databaseOutOfReach_leavesWhatIsKnown() throws Exception {
        String ownUrl = TestServers.newDatabase();
        try (EmbeddedServer node = node(ownUrl, "", "1s")) {
            TestScripts own = new TestScripts(ownUrl);
            String known = own.newSiteWithScript();
            String unknown = own.newSiteWithScript();
            assertShown(node, known, 1);
            own.database().allowConnections(false);
            for (int i = 0; i < 30; i++) {
                clock(node).advance(Duration.ofMillis(100));
                assertShown(node, known, 1);
            }
            Answer unavailable = get(node, unknown);
            assertThat(unavailable.status()).isEqualTo(503);
            assertThat(unavailable.header("retry-after")).isEqualTo("2");
            assertThat(unavailable.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(RawClient.get(node.getPort(), "/health/readiness").status()).isEqualTo(503);

            own.database().allowConnections(true);
            own.publish(known, 2, TestScripts.LONG_AGO);
            await().untilAsserted(() -> assertShown(node, known, 2));
            await().untilAsserted(() -> assertShown(node, unknown, 1));
            await().untilAsserted(() ->
                    assertThat(RawClient.get(node.getPort(), "/health/readiness").status())
                            .isEqualTo(200));
        }
    }

    private void publishHere(String site, int version) throws SQLException {
        sites.publish(site, version, TestScripts.LONG_AGO);
        here.getApplicationContext().getBean(SiteScripts.class).published(site);
    }

    private static void assertShown(EmbeddedServer node, String site, int version)
            throws IOException {
        Answer answer = get(node, site);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains(site + " asks for version " + version + ".");
    }

    private static Answer get(EmbeddedServer node, String site) throws IOException {
        return RawClient.get(node.getPort(), "/w/" + site + ".js");
    }

    private static MovedClock clock(EmbeddedServer node) {
        return node.getApplicationContext().getBean(MovedClock.class);
    }

    private EmbeddedServer node(String redisUri, String refresh) {
        return node(url, redisUri, refresh);
    }

    private static EmbeddedServer node(String databaseUrl, String redisUri, String refresh) {
        Map<String, Object> properties =
                new java.util.HashMap<>(TestServers.properties(databaseUrl));
        properties.put("assent.redis-uri", redisUri);
        properties.put("assent.script-refresh", refresh);
        properties.put("moved-clock", "true");
        return ApplicationContext.run(EmbeddedServer.class, properties);
    }
}
