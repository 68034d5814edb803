// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestRedis;
import dev.assent.web.RedisLink;
import io.micronaut.scheduling.ScheduledExecutorTaskScheduler;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Redis holds is believed only if it is what was published. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisScriptsTest {
    private static final String SITE = "k7Q2mZ0pRb";
    private static final SiteScript SCRIPT = script("show(assentPolicy)");
    private static final SiteScript EVIL = script("steal(document.cookie)");

    private TestRedis redis;
    private RedisLink link;
    private RedisScripts scripts;

    @BeforeAll
    void connect() {
        redis = new TestRedis();
        link = link(redis.uri());
        scripts = new RedisScripts(link);
    }

    @AfterAll
    void stop() throws Exception {
        redis.close();
    }

    @Test
    void whatWasPut_isGot() {
        scripts.put(SITE, SCRIPT);
        SiteScript got = scripts.get(SITE, SCRIPT.sha256()).orElseThrow();
        assertThat(got.identity()).isEqualTo(SCRIPT.identity());
        assertThat(got.gzip()).isEqualTo(SCRIPT.gzip());
        assertThat(got.brotli()).isEqualTo(SCRIPT.brotli());
        long secondsToLive = redis.ask(commands -> commands.ttl(key()));
        assertThat(secondsToLive).isBetween(600_000L, 604_800L);
        assertThat(scripts.get(SITE, EVIL.sha256())).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void tamperedValue_isRefusedAndDropped(String what, byte[] value) {
        redis.ask(commands -> commands.set(key(), value));
        assertThat(scripts.get(SITE, SCRIPT.sha256())).isEmpty();
        assertThat(redis.holds(key())).isFalse();
    }

    static Stream<Arguments> tamperedValue_isRefusedAndDropped() {
        byte[] sound = value(SCRIPT.gzip(), SCRIPT.brotli(), SCRIPT.identity());
        return Stream.of(
                Arguments.of("nothing", new byte[0]),
                Arguments.of("words", "evil".getBytes(UTF_8)),
                Arguments.of("cut", java.util.Arrays.copyOf(sound, sound.length - 1)),
                Arguments.of("longer", java.util.Arrays.copyOf(sound, sound.length + 1)),
                Arguments.of("another script", value(EVIL.gzip(), EVIL.brotli(), EVIL.identity())),
                Arguments.of(
                        "another gzip", value(EVIL.gzip(), SCRIPT.brotli(), SCRIPT.identity())),
                Arguments.of(
                        "another brotli", value(SCRIPT.gzip(), EVIL.brotli(), SCRIPT.identity())),
                Arguments.of("no gzip", value(new byte[0], SCRIPT.brotli(), SCRIPT.identity())),
                Arguments.of("no brotli", value(SCRIPT.gzip(), new byte[0], SCRIPT.identity())),
                Arguments.of(
                        "a negative length", ByteBuffer.allocate(20).putInt(-1).putInt(3).array()),
                Arguments.of(
                        "a length past the end",
                        ByteBuffer.allocate(20).putInt(Integer.MAX_VALUE).putInt(3).array()));
    }

    @Test
    void withoutRedis_thereIsNothing() {
        RedisScripts none = new RedisScripts(link(""));
        none.put(SITE, SCRIPT);
        assertThat(none.get(SITE, SCRIPT.sha256())).isEmpty();
    }

    private static RedisLink link(String uri) {
        var thread = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
        return new RedisLink(uri, new ScheduledExecutorTaskScheduler(thread));
    }

    private static String key() {
        return RedisScripts.key(SITE, SCRIPT.sha256());
    }

    private static byte[] value(byte[] gzip, byte[] brotli, byte[] identity) {
        return ByteBuffer.allocate(8 + gzip.length + brotli.length + identity.length)
                .putInt(gzip.length)
                .putInt(brotli.length)
                .put(gzip)
                .put(brotli)
                .put(identity)
                .array();
    }

    private static SiteScript script(String widget) {
        return SiteScript.compose(WidgetBuild.of(widget.getBytes(UTF_8)), "{}".getBytes(UTF_8));
    }
}
