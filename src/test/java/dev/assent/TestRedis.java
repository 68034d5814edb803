// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.awaitility.Awaitility;
import redis.embedded.RedisServer;

/** A real Redis of one test's own, which may be stopped, killed, flushed and tampered with. */
public final class TestRedis implements AutoCloseable {
    private final int port = TestServers.freePort();
    private final List<String> settings;
    private RedisServer server;
    private long pid;

    /**
     * @param settings lines of its configuration
     */
    public TestRedis(String... settings) {
        this.settings = List.of(settings);
        this.server = start();
        this.pid = askPid();
    }

    /** The TCP port, on the loopback address. */
    public int port() {
        return port;
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Asks it something as an operator would, on a connection of its own. */
    public <T> T ask(Function<RedisCommands<String, byte[]>, T> question) {
        RedisClient client =
                RedisClient.create(
                        RedisURI.builder()
                                .withHost("127.0.0.1")
                                .withPort(port)
                                .withTimeout(Duration.ofSeconds(20))
                                .build());
        try (client;
                var connection =
                        client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))) {
            return question.apply(connection.sync());
        }
    }

    public boolean holds(String key) {
        return ask(redis -> redis.exists(key)) == 1;
    }

    /** It takes connections and answers nobody. */
    public void hang() throws IOException {
        signal("STOP");
    }

    public void goOn() throws IOException {
        signal("CONT");
    }

    public void kill() throws IOException {
        signal("KILL");
        Awaitility.await()
                .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    public void startAgain() {
        server = start();
        pid = askPid();
    }

    @Override
    public void close() throws IOException {
        if (ProcessHandle.of(pid).isPresent()) {
            // One that hangs would not end of itself.
            signal("KILL");
        }
        server.stop();
    }

    private RedisServer start() {
        try {
            var program = RedisServer.newRedisServer().port(port).setting("save \"\"");
            settings.forEach(program::setting);
            RedisServer started = program.build();
            started.start();
            return started;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void signal(String name) throws IOException {
        List<String> command = List.of("kill", "-" + name, Long.toString(pid));
        int exit = new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException(command + " ended with " + exit);
        }
    }

    /** While it answers: one that hangs would not tell. */
    private long askPid() {
        return ask(redis -> redis.info("server"))
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .mapToLong(line -> Long.parseLong(line.substring("process_id:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }
}
