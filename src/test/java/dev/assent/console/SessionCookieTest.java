// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Http;
import dev.assent.TestOperator;
import dev.assent.TestServers;
import dev.assent.account.SetUp;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpResponse;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

class SessionCookieTest {

    @Test
    void overHttps_theCookieIsBoundToTheHost() {
        var properties = new HashMap<String, Object>(TestServers.properties());
        properties.put("assent.public-url", "https://consent.example.com");
        try (var server = ApplicationContext.run(EmbeddedServer.class, properties)) {
            String link = server.getApplicationContext().getBean(SetUp.class).link().orElseThrow();
            assertThat(link).startsWith("https://consent.example.com/setup#");
            Http http = new Http(server.getURI());
            HttpResponse<String> answer =
                    http.send(
                            "POST",
                            "/setup",
                            TestOperator.form(
                                    "token",
                                    TestOperator.token(link),
                                    "organization",
                                    "Test Ltd",
                                    "name",
                                    "Olive",
                                    "email",
                                    "olive@example.com",
                                    "password",
                                    TestOperator.PASSWORD),
                            "Content-Type",
                            "application/x-www-form-urlencoded",
                            "Origin",
                            "https://consent.example.com");
            assertThat(answer.statusCode()).isEqualTo(303);
            String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie)
                    .startsWith("__Host-assent-session=")
                    .contains("; Secure", "; Path=/", "; SameSite=Lax")
                    .doesNotContain("Domain");
            String pair = cookie.split(";")[0];
            assertThat(
                            http.get("/console/account", "Accept", "text/html", "Cookie", pair)
                                    .statusCode())
                    .isEqualTo(200);
            String plain = pair.substring("__Host-".length());
            assertThat(
                            http.get("/console/account", "Accept", "text/html", "Cookie", plain)
                                    .statusCode())
                    .isEqualTo(303);
        }
    }
}
