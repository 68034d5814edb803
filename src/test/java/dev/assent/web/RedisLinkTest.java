// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.TestRedis;
import dev.assent.TestServers;
import io.micronaut.scheduling.ScheduledExecutorTaskScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisLinkTest {
    private static final Duration A_DAY = Duration.ofDays(1);

    /** What one call may take: the promise, and something for a busy machine. */
    private static final Duration PROMISED = RedisLink.TIMEOUT.plusMillis(200);

    private final List<RedisLink> links = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        links.forEach(RedisLink::close);
    }

    @Test
    void values_areKept() throws Exception {
        try (TestRedis redis = new TestRedis()) {
            RedisLink link = link(redis.uri());
            awaitKept(link, "key", "value");
            await().until(() -> {
                link.remove("key");
                return redis.ask(commands -> commands.exists("key")) == 0;
            });
            assertThat(link.get("key")).isEmpty();
        }
    }

    @Test
    void hungServer_costsOneShortWaitAPause() throws Exception {
        try (TestRedis redis = new TestRedis()) {
            RedisLink link = link(redis.uri());
            awaitUse(link);
            redis.hang();
            assertPrompt(() -> assertThat(link.get("key")).isEmpty());
            assertPrompt(() -> {
                for (int i = 0; i < 100; i++) {
                    assertThat(link.get("key")).isEmpty();
                }
            });
            redis.goOn();
            awaitUse(link);
        }
    }

    @Test
    void killedServer_isUsedAgainWhenItIsBack() throws Exception {
        try (TestRedis redis = new TestRedis()) {
            List<String> heard = new CopyOnWriteArrayList<>();
            AtomicInteger listening = new AtomicInteger();
            RedisLink link = link(redis.uri());
            link.listen("channel", heard::add, listening::incrementAndGet);
            await().untilAtomic(listening, org.hamcrest.Matchers.is(1));
            link.publish("channel", "one");
            await().until(() -> heard.equals(List.of("one")));

            redis.kill();
            assertPrompt(() -> assertThat(link.get("key")).isEmpty());

            redis.startAgain();
            await().untilAtomic(listening, org.hamcrest.Matchers.is(2));
            awaitUse(link);
            link.publish("channel", "two");
            await().until(() -> heard.equals(List.of("one", "two")));
        }
    }

    @Test
    void absentServer_isFoundWhenItComes() throws Exception {
        int nobody = TestServers.freePort();
        RedisLink alone = link("redis://127.0.0.1:" + nobody);
        assertPrompt(() -> assertThat(alone.get("key")).isEmpty());

        try (TestRedis redis = new TestRedis()) {
            redis.kill();
            AtomicInteger listening = new AtomicInteger();
            RedisLink early = link(redis.uri());
            early.listen("channel", message -> {}, listening::incrementAndGet);
            assertThat(early.get("key")).isEmpty();
            redis.startAgain();
            await().untilAtomic(listening, org.hamcrest.Matchers.is(1));
            awaitUse(early);
        }
    }

    @Test
    void cluster_isServedAlike(@TempDir Path directory) throws Exception {
        try (TestRedis node = new TestRedis("cluster-enabled yes", "dir " + directory)) {
            int[] slots = IntStream.range(0, 16_384).toArray();
            node.ask(redis -> redis.clusterAddSlots(slots));
            await().until(() -> node.ask(redis -> redis.clusterInfo()).contains("state:ok"));
            List<String> heard = new CopyOnWriteArrayList<>();
            AtomicInteger listening = new AtomicInteger();
            RedisLink link = link("redis-cluster://127.0.0.1:" + node.port());
            link.listen("channel", heard::add, listening::incrementAndGet);
            await().untilAtomic(listening, org.hamcrest.Matchers.is(1));
            awaitUse(link);
            link.publish("channel", "one");
            await().until(() -> heard.equals(List.of("one")));
        }
    }

    @Test
    void withoutAddress_thereIsNone() {
        RedisLink none = link(" ");
        none.set("key", bytes("value"), A_DAY);
        none.publish("channel", "message");
        none.listen("channel", message -> {}, () -> {});
        assertThat(none.isConfigured()).isFalse();
        assertThat(none.get("key")).isEmpty();
    }

    private static void awaitUse(RedisLink link) {
        awaitKept(link, "probe", "here");
    }

    /**
     * Until a value put is there: the first calls may come too early, and any may take too long.
     */
    private static void awaitKept(RedisLink link, String key, String value) {
        await().untilAsserted(() -> {
            link.set(key, bytes(value), A_DAY);
            assertThat(link.get(key)).hasValue(bytes(value));
        });
    }

    /** Not longer than promised, in a moment in which the machine is free for it. */
    private static void assertPrompt(Runnable call) {
        await().untilAsserted(() -> {
            long begin = System.nanoTime();
            call.run();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PROMISED);
        });
    }

    private RedisLink link(String uri) {
        var thread = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
        RedisLink link = new RedisLink(uri, new ScheduledExecutorTaskScheduler(thread));
        links.add(link);
        return link;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
