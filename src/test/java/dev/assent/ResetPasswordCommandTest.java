// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.account.SetUp;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResetPasswordCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void link_setsAPasswordBesideARunningService() {
        String url = TestServers.newDatabase();
        var properties = new HashMap<String, Object>(TestServers.properties(url));
        try (var server = ApplicationContext.run(EmbeddedServer.class, properties)) {
            String setUp = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
            TestOperator owner = TestOperator.setUp(server.getURI(), setUp, "olive@example.com");

            assertThat(run(url, "nobody@example.com")).isEqualTo(1);
            assertThat(out.toString(UTF_8)).isEmpty();
            assertThat(run(url, "Olive@example.com")).isZero();
            String link = out.toString(UTF_8).strip();
            assertThat(link).matches("https://consent\\.example\\.com/reset#[A-Za-z0-9_-]{43}");
            var answer =
                    TestOperator.at(server.getURI())
                            .send(
                                    "/reset",
                                    "token",
                                    TestOperator.token(link),
                                    "password",
                                    "a new good passphrase");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(owner.isIn()).isFalse();
            owner.signIn("olive@example.com", "a new good passphrase");
            assertThat(owner.get("/console/trail").body())
                    .contains("reset link made", "whoever runs the machine");
        }
    }

    @Test
    void misuse_isExplained() {
        assertThat(run(TestServers.newDatabase())).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("reset-password EMAIL");
        assertThat(run(TestServers.newDatabase(), "a@example.com")).isEqualTo(2);
    }

    private int run(String url, String... arguments) {
        Map<String, String> environment =
                Map.of(
                        "ASSENT_DATABASE_URL",
                        url,
                        "ASSENT_DATABASE_USER",
                        "postgres",
                        "ASSENT_DATABASE_PASSWORD",
                        "postgres",
                        "ASSENT_PUBLIC_URL",
                        "https://consent.example.com/");
        return new ResetPasswordCommand(
                        environment,
                        InstantSource.system(),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8))
                .run(arguments);
    }
}
