// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRedisTest {
    @TempDir Path data;

    @Test
    void caches_and_forgets() {
        try (LocalRedis first = LocalRedis.start(data).orElseThrow()) {
            assertThat(ask(first, redis -> redis.set("script", "bytes"))).isEqualTo("OK");
            assertThat(ask(first, redis -> redis.configGet("maxmemory-policy")))
                    .contains("allkeys-lru");
            assertThat(ask(first, redis -> redis.configGet("save"))).isEqualTo("{save=}");
        }
        try (LocalRedis second = LocalRedis.start(data).orElseThrow()) {
            assertThat(ask(second, redis -> redis.dbsize())).isEqualTo("0");
        }
        assertThat(data.resolve("redis/dump.rdb")).doesNotExist();
    }

    @Test
    void without_the_password_nobody_reads_or_writes() {
        try (LocalRedis redis = LocalRedis.start(data).orElseThrow()) {
            RedisURI stranger = RedisURI.create("127.0.0.1", redis.port());
            assertThatThrownBy(() -> ask(stranger, commands -> commands.set("script", "evil")))
                    .isInstanceOf(RedisException.class)
                    .hasStackTraceContaining("NOAUTH");
        }
    }

    @Test
    void the_bundled_program_serves_where_none_is_installed() throws Exception {
        Path program = Programs.cachedFor(data).redis().orElseThrow();
        Command version = Command.run(List.of(program.toString(), "--version"));
        assertThat(version.output()).contains("v=6.2");
    }

    @Test
    void a_folder_in_use_is_refused() {
        try (LocalRedis first = LocalRedis.start(data).orElseThrow()) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(() -> LocalRedis.start(data))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessageContaining("is in use by another Assent");
        }
    }

    @Test
    void two_folders_live_side_by_side() {
        try (LocalRedis one = LocalRedis.start(data.resolve("one")).orElseThrow();
                LocalRedis other = LocalRedis.start(data.resolve("the \"other\"")).orElseThrow()) {
            ask(one, redis -> redis.set("here", "1"));
            assertThat(ask(other, redis -> redis.get("here"))).isEqualTo("null");
        }
    }

    @Test
    void ends_with_its_process_though_nobody_closed_it() throws Exception {
        Process host = ServerHost.startOn(data);
        int port = ServerHost.redisPort(data);
        assertThat(Ports.answers(port)).isTrue();

        host.destroyForcibly().waitFor();

        assertThat(
                        Waiting.until(
                                Duration.ofSeconds(10),
                                Duration.ofMillis(20),
                                () -> !Ports.answers(port)))
                .isTrue();
    }

    @Test
    void one_left_behind_is_stopped_at_the_next_start() throws Exception {
        Process host = ServerHost.startOn(data);
        host.descendants().forEach(ProcessHandle::destroyForcibly); // the leashes die first
        host.destroyForcibly().waitFor();
        int port = ServerHost.redisPort(data);
        assertThat(Ports.answers(port)).isTrue();

        LocalRedis.start(data).orElseThrow().close();
        LocalPostgres.start(data).close();

        assertThat(Ports.answers(port)).isFalse();
    }

    private static String ask(LocalRedis redis, Question question) {
        return ask(RedisURI.create(redis.uri()), question);
    }

    private static String ask(RedisURI uri, Question question) {
        try (RedisClient client = RedisClient.create();
                var connection = client.connect(uri)) {
            return String.valueOf(question.of(connection.sync()));
        }
    }

    @FunctionalInterface
    private interface Question {
        @Nullable Object of(RedisCommands<String, String> redis);
    }
}
