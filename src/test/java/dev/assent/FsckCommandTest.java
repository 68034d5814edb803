// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.consent.TestChoice;
import dev.assent.log.KeyFile;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command beside a service, without one, and where there is nothing to check. */
class FsckCommandTest {
    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void dataFolder_isCheckedBesideItsServiceAndWithoutIt() throws Exception {
        Path data = folder.resolve("data");
        var settings = Map.of("ASSENT_DATA_DIR", data.toString());
        try (RunningService service =
                RunningService.start(data, Map.of("ASSENT_ADMIN_KEY", TestApi.ADMIN_KEY))) {
            TestSite site = TestSite.publish(URI.create(service.base()));
            for (int i = 0; i < 5; i++) {
                assertThat(site.send(TestChoice.json(site)).statusCode()).isEqualTo(201);
            }
            assertThat(fsck(settings)).as(said()).isZero();
            assertThat(out.toString(UTF_8)).endsWith("ok\n").doesNotContain("not compared");
        }
        assertThat(fsck(settings)).as(said()).isZero();
        assertThat(out.toString(UTF_8))
                .matches("(?s).*\nrecords +5\n.*")
                .matches("(?s).*\n  consent records +5\n.*")
                .endsWith("ok\n");
        try (RunningService again = RunningService.start(data, Map.of());
                Connection owner = again.connect()) {
            tamper(owner, "delete from consent_record where seq = 3");
            assertThat(fsck(settings)).isEqualTo(1);
            assertThat(out.toString(UTF_8))
                    .contains("stands for nothing that is stored", "has number 4 of site")
                    .endsWith("2 faults\n");
        }
    }

    @Test
    void databaseInUse_isFoundWholeWhileChoicesAreRecorded_andAfterTheNextKey() throws Exception {
        String database = TestServers.newDatabase();
        KeyFile key = new KeyFile(folder.resolve("log-key"));
        var settings = settings(database, key);
        try (EmbeddedServer service = start(database, key)) {
            TestSite site = TestSite.publish(service.getURI());
            var stop = new AtomicBoolean();
            var recording =
                    CompletableFuture.runAsync(() -> {
                        while (!stop.get()) {
                            site.send(TestChoice.json(site));
                        }
                    });
            try {
                for (int round = 0; round < 10; round++) {
                    assertThat(fsck(settings)).as(said()).isZero();
                }
            } finally {
                stop.set(true);
                recording.join();
            }
        }
        key.next().create("consent.example.com/log");
        try (EmbeddedServer service = start(database, key)) {
            TestSite site = TestSite.publish(service.getURI());
            assertThat(site.send(TestChoice.json(site)).statusCode()).isEqualTo(201);
            assertThat(fsck(settings)).as(said()).isZero();
        }
        try (Connection owner = TestServers.connect(database)) {
            tamper(owner, "update checkpoint set root = sha256('x') where size > 3");
            assertThat(fsck(settings)).isEqualTo(1);
            assertThat(out.toString(UTF_8)).contains("is stored with another root than it says");
        }
    }

    @Test
    void whereNothingCanBeRead_itSaysSoAndEndsWith2() {
        Path none = folder.resolve("none");
        assertThat(fsck(Map.of("ASSENT_DATA_DIR", none.toString()))).isEqualTo(2);
        assertThat(said()).contains("there is no database in " + none, "ASSENT_DATA_DIR");
        assertThat(none).doesNotExist();

        var empty = settings(TestServers.newDatabase(), new KeyFile(none));
        assertThat(fsck(empty)).isEqualTo(2);
        assertThat(said()).contains("cannot check", "does not exist");

        String nobody = "postgres://u:secret@127.0.0.1:" + TestServers.freePort() + "/x";
        assertThat(fsck(Map.of("ASSENT_DATABASE_URL", nobody))).isEqualTo(2);
        assertThat(said()).contains("refused").doesNotContain("secret");

        assertThat(fsck(Map.of("ASSENT_DATABASE_URL", "mysql://x"))).isEqualTo(2);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void arguments_areRefused_butForHelp() {
        assertThat(fsck(Map.of(), "--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("Exit code: 0 whole, 1 faults found");
        assertThat(fsck(Map.of(), "--fix")).isEqualTo(2);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8)).contains("Exit code");
    }

    private int fsck(Map<String, String> settings, String... arguments) {
        out.reset();
        err.reset();
        return new FsckCommand(
                        settings,
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8))
                .run(arguments);
    }

    private String said() {
        return out.toString(UTF_8) + err.toString(UTF_8);
    }

    private static void tamper(Connection owner, String sql) throws SQLException {
        try (var statement = owner.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute(sql);
        }
    }

    private static Map<String, String> settings(String database, KeyFile key) {
        return Map.of(
                "ASSENT_DATABASE_URL",
                database,
                "ASSENT_DATABASE_USER",
                "postgres",
                "ASSENT_DATABASE_PASSWORD",
                "postgres",
                "ASSENT_LOG_KEY_FILE",
                key.path().toString());
    }

    private static EmbeddedServer start(String database, KeyFile key) {
        Map<String, Object> properties = new HashMap<>(TestServers.properties(database));
        properties.put("assent.admin-key", TestApi.ADMIN_KEY);
        properties.put("assent.public-url", "https://consent.example.com");
        properties.put("assent.log-key-file", key.path().toString());
        return ApplicationContext.run(EmbeddedServer.class, properties);
    }
}
