// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.embedded.LocalPostgres;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables are owned by whatever account an operator has; seldom is that a superuser. */
class MigrationOwnerTest {
    @TempDir Path folder;

    @Test
    void accountThatMayMakeRoles_isEnough() throws SQLException {
        try (LocalPostgres postgres = LocalPostgres.start(folder)) {
            makeOwner(postgres, "createrole");
            try (EmbeddedServer service = start(postgres)) {
                assertThat(TestSite.publish(service.getURI()).version()).isEqualTo(1);
            }
        }
    }

    @Test
    void accountThatMayNot_isToldWhatAnAdministratorHasToRun() throws SQLException {
        try (LocalPostgres postgres = LocalPostgres.start(folder)) {
            makeOwner(postgres, "");
            assertThatThrownBy(() -> start(postgres))
                    .satisfies(failure ->
                            assertThat(StartFailure.reason(failure))
                                    .contains("may not make or take on the role"));

            execute(postgres, "create role assent_service nologin", "grant assent_service to shop");
            try (EmbeddedServer service = start(postgres)) {
                assertThat(service.isRunning()).isTrue();
            }
        }
    }

    private static void makeOwner(LocalPostgres postgres, String rights) throws SQLException {
        execute(
                postgres,
                "create role shop login password 'open sesame' " + rights,
                "create database shop owner shop");
    }

    private static EmbeddedServer start(LocalPostgres postgres) {
        Map<String, Object> properties = new HashMap<>(TestApi.properties());
        properties.put("assent.database.url", postgres.jdbcUrl().replaceAll("/[^/]*$", "/shop"));
        properties.put("assent.database.user", "shop");
        properties.put("assent.database.password", "open sesame");
        return ApplicationContext.run(EmbeddedServer.class, properties, "test");
    }

    private static void execute(LocalPostgres postgres, String... statements) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
