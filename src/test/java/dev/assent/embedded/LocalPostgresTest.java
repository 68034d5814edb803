// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {
    @TempDir Path data;

    @Test
    void rows_and_port_outlive_the_server() throws SQLException {
        int port;
        try (LocalPostgres first = LocalPostgres.start(data)) {
            port = first.port();
            execute(first, "CREATE TABLE note (word text)");
            execute(first, "INSERT INTO note VALUES ('kept')");
        }
        try (LocalPostgres second = LocalPostgres.start(data)) {
            assertThat(ask(second, "SELECT word FROM note")).isEqualTo("kept");
            assertThat(second.port()).isEqualTo(port);
        }
    }

    @Test
    void is_durable_private_and_in_utf8() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(data)) {
            assertThat(ask(postgres, "SHOW server_version")).startsWith("18.");
            assertThat(ask(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW data_checksums")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(ask(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(postgres, "SELECT lower('ÅSSÉNT')")).isEqualTo("åssént");
            assertThat(Files.getPosixFilePermissions(data.resolve("postgres/assent.password")))
                    .containsExactlyInAnyOrder(
                            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    @Test
    void a_wrong_password_is_refused() {
        try (LocalPostgres postgres = LocalPostgres.start(data)) {
            assertThatThrownBy(() ->
                            DriverManager.getConnection(
                                    postgres.jdbcUrl(), postgres.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void what_was_committed_outlives_kill_9_of_its_process() throws Exception {
        Process host = ServerHost.startOn(data);
        host.destroyForcibly().waitFor();

        try (LocalPostgres postgres = LocalPostgres.start(data)) {
            assertThat(ask(postgres, "SELECT word FROM note")).isEqualTo("kept");
        }
    }

    @Test
    void ends_with_its_process_though_nobody_closed_it() throws Exception {
        Process host = ServerHost.startOn(data);
        int port = Integer.parseInt(Files.readString(data.resolve("postgres.port")).strip());
        assertThat(Ports.answers(port)).isTrue();

        host.destroyForcibly().waitFor();

        assertThat(
                        Waiting.until(
                                Duration.ofSeconds(20),
                                Duration.ofMillis(20),
                                () -> !Files.exists(data.resolve("postgres/postmaster.pid"))))
                .isTrue();
        assertThat(Ports.answers(port)).isFalse();
    }

    @Test
    void a_folder_in_use_is_refused_in_a_sentence() {
        try (LocalPostgres first = LocalPostgres.start(data)) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(() -> LocalPostgres.start(data))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessageContaining("is in use by another Assent (process ")
                    .hasMessageContaining("ASSENT_DATA_DIR");
        }
    }

    @Test
    void two_folders_live_side_by_side() throws SQLException {
        try (LocalPostgres one = LocalPostgres.start(data.resolve("one"));
                LocalPostgres other = LocalPostgres.start(data.resolve("the other"))) {
            execute(one, "CREATE TABLE only_here ()");
            assertThat(ask(one, "SELECT to_regclass('only_here')")).isEqualTo("only_here");
            assertThat(ask(other, "SELECT to_regclass('only_here')")).isNull();
        }
    }

    @Test
    void a_port_taken_by_a_stranger_is_left_to_him() throws Exception {
        int noted;
        try (LocalPostgres first = LocalPostgres.start(data)) {
            noted = first.port();
        }
        try (var stranger = new ServerSocket(noted, 1, InetAddress.getLoopbackAddress());
                LocalPostgres second = LocalPostgres.start(data)) {
            assertThat(second.port()).isNotEqualTo(stranger.getLocalPort());
            assertThat(ask(second, "SELECT 1")).isEqualTo("1");
            assertThat(data.resolve("postgres.port")).hasContent(second.port() + "\n");
        }
    }

    /** After a restart of the machine the number is a stranger's, or nobody's, or half written. */
    @Test
    void a_pid_file_of_no_server_of_ours_is_no_obstacle() throws Exception {
        LocalPostgres.start(data).close();
        for (String pid : List.of("1", "999999999", "", "nonsense")) {
            Files.writeString(data.resolve("postgres/postmaster.pid"), pid + "\n");
            try (LocalPostgres postgres = LocalPostgres.start(data)) {
                assertThat(ask(postgres, "SELECT 1")).as(pid).isEqualTo("1");
            }
        }
    }

    @Test
    void a_half_made_cluster_is_made_anew() throws Exception {
        Files.createDirectories(data.resolve("postgres.unfinished/postgres/base"));
        try (LocalPostgres postgres = LocalPostgres.start(data)) {
            assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
            assertThat(data.resolve("postgres.unfinished")).doesNotExist();
        }
    }

    private static void execute(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = ServerHost.connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = ServerHost.connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
