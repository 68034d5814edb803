// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Http;
import dev.assent.TestOperator;
import dev.assent.TestServers;
import dev.assent.account.Allowed;
import dev.assent.account.SetUp;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.web.router.Router;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let into the console, and with what. */
class ConsoleGuardTest {
    private static final String OWNER = "olive@example.com";
    private static final String INVITE = "/console/members/invite";

    private static EmbeddedServer server;
    private static TestOperator owner;

    @BeforeAll
    static void start() {
        server =
                ApplicationContext.run(
                        EmbeddedServer.class,
                        new HashMap<String, Object>(TestServers.properties()));
        SetUp setUp = server.getApplicationContext().getBean(SetUp.class);
        String link = setUp.link().orElseThrow();
        assertThat(link).matches("http://localhost:\\d+/setup#[A-Za-z0-9_-]{43}");
        refuseFaultySetUps(TestOperator.token(link));
        owner = TestOperator.setUp(server.getURI(), link, OWNER);
        assertThat(setUp.link()).isEmpty();
        assertThat(sendSetUp(TestOperator.token(link), "else@example.com").statusCode())
                .isEqualTo(422);
        assertThat(newcomer().get("/setup").statusCode()).isEqualTo(303);
    }

    private static void refuseFaultySetUps(String token) {
        assertThat(newcomer().get("/setup").body()).contains("Set up Assent");
        assertThat(sendSetUp("wrong", OWNER).statusCode()).isEqualTo(422);
        assertThat(sendSetUp("", OWNER).statusCode()).isEqualTo(422);
        assertThat(sendSetUp(token, "no address").statusCode()).isEqualTo(422);
    }

    private static HttpResponse<String> sendSetUp(String token, String email) {
        return newcomer()
                .send(
                        "/setup",
                        "token",
                        token,
                        "organization",
                        "Test Ltd",
                        "name",
                        "Olive",
                        "email",
                        email,
                        "password",
                        TestOperator.PASSWORD);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyRouteOfTheConsole_saysWhoMayComeIn() {
        Router router = server.getApplicationContext().getBean(Router.class);
        List<String> open =
                router.uriRoutes()
                        .filter(route ->
                                route.getUriMatchTemplate().toPathString().startsWith("/console"))
                        .filter(route ->
                                !route.getAnnotationMetadata().hasAnnotation(Allowed.class))
                        .map(Object::toString)
                        .toList();
        assertThat(open).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/account", "/console/members", "/console/trail?before=7"})
    void stranger_isAskedToSignInAndLedBack(String path) {
        HttpResponse<String> asked = newcomer().get(path);
        assertThat(asked.statusCode()).isEqualTo(303);
        String there = asked.headers().firstValue("Location").orElseThrow();
        String page = newcomer().get(there).body();
        assertThat(page).contains("name=\"next\" value=\"" + path + "\"");
        HttpResponse<String> led =
                newcomer()
                        .send(
                                "/signin",
                                "email",
                                OWNER,
                                "password",
                                TestOperator.PASSWORD,
                                "next",
                                path);
        assertThat(led.headers().firstValue("Location")).hasValue(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/console",
                "/\\evil.example",
                "/console/../signout",
                "/console//evil.example",
                "/console/nothing",
                "/console/account?a=b#c",
                "/console\r\nLocation: https://evil.example",
                "javascript:alert(1)",
                "/signout",
                "/console/members/invite",
                "\u202e/console"
            })
    void next_leadsNowhereElse(String next) {
        HttpResponse<String> led =
                newcomer()
                        .send(
                                "/signin",
                                "email",
                                OWNER,
                                "password",
                                TestOperator.PASSWORD,
                                "next",
                                next);
        assertThat(led.statusCode()).isEqualTo(303);
        assertThat(led.headers().firstValue("Location")).hasValue("/console");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/",
                "//console/account",
                "/console//account",
                "/%63onsole/account",
                "/console/%61ccount",
                "/console/./account",
                "/x/../console/account",
                "/console/account;x=1",
                "/console/account/",
                "/CONSOLE/account"
            })
    void stranger_findsNoSpellingThatLeadsIn(String path) {
        HttpResponse<String> answer = newcomer().get(path);
        assertThat(answer.statusCode()).isIn(303, 400, 404);
        assertThat(answer.body()).doesNotContain(OWNER);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "X-Nothing, at all"
    })
    void formFromElsewhere_isRefused(String header, String value) {
        for (String path : List.of(INVITE, "/signin", "/setup", "/reset", "/signout")) {
            String body = TestOperator.form("csrf", owner.formToken(), "email", "a@example.com");
            HttpResponse<String> refused = owner.sendBody(path, body, header, value);
            assertThat(refused.statusCode()).as(path).isEqualTo(403);
            assertThat(refused.body()).contains("another site");
        }
        assertThat(owner.get("/console/members").body()).doesNotContain("a@example.com");
    }

    @Test
    void formWithoutItsToken_doesNothingButAskAgain() {
        String other = newcomer().withCookie(owner.cookie()).formToken();
        assertThat(other).isEqualTo(owner.formToken()).hasSize(43);
        for (String token : List.of("", "wrong", other.substring(1))) {
            HttpResponse<String> refused =
                    owner.send(INVITE, "email", "b@example.com", "role", "editor", "csrf", token);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("Send it", "b@example.com");
        }
        assertThat(owner.get("/console/members").body()).doesNotContain("b@example.com");
    }

    @Test
    void endedSession_bringsBackWhatWasTyped() {
        String typed = "c@example.com \"<script>alert(1)</script> 𝕬\u202e";
        HttpResponse<String> asked =
                newcomer().send(INVITE, "email", typed, "role", "editor", "password", "secret1");
        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(asked.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(asked.body())
                .contains("name=\"next\" value=\"" + INVITE + "\"", "name=\"kept.email\"", "𝕬")
                .doesNotContain("<script>alert", "secret1");

        TestOperator again = newcomer();
        HttpResponse<String> offered =
                again.send(
                        "/signin",
                        "email",
                        OWNER,
                        "password",
                        TestOperator.PASSWORD,
                        "next",
                        INVITE,
                        "kept.email",
                        "d@example.com",
                        "kept.role",
                        "editor");
        assertThat(offered.statusCode()).isEqualTo(200);
        assertThat(offered.body())
                .contains("action=\"" + INVITE + "\"", "name=\"email\" value=\"d@example.com\"")
                .contains("name=\"csrf\" value=\"" + again.formToken() + "\"");
        assertThat(again.get("/console/members").body()).doesNotContain("d@example.com");
        again.post(INVITE, "email", "d@example.com", "role", "editor");
        assertThat(again.get("/console/members").body()).contains("d@example.com");
    }

    @Test
    void longText_isKeptToAMegabyteAndNoFurther() {
        HttpResponse<String> kept = newcomer().send(INVITE, "text", "x".repeat(850_000));
        assertThat(kept.statusCode()).isEqualTo(401);
        assertThat(kept.body()).contains("x".repeat(850_000));
        HttpResponse<String> long_ = newcomer().send(INVITE, "text", "x".repeat(950_000));
        assertThat(long_.statusCode()).isEqualTo(401);
        assertThat(long_.body()).contains("too long to be kept").hasSizeLessThan(10_000);
        assertThat(newcomer().send(INVITE, "text", "x".repeat(1_100_000)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void pages_areStrictAndKeptByNoCache() {
        for (String path :
                List.of(
                        "/signin",
                        "/reset",
                        "/reset/link",
                        "/invitation",
                        "/signout",
                        "/console/account",
                        "/console/members",
                        "/console/trail",
                        "/console/nothing")) {
            HttpResponse<String> page = owner.get(path);
            assertThat(page.headers().firstValue("Cache-Control")).as(path).hasValue("no-store");
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy ->
                            assertThat(policy)
                                    .startsWith("default-src 'none'")
                                    .contains("frame-ancestors 'none'")
                                    .doesNotContain("unsafe"));
            assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(page.body()).doesNotContain("style=\"", "onclick");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<script>alert(1)</script>",
                "'; drop table operator; --",
                "𝕬😀",
                "\u202eevil\u2066",
                "\u0000",
                "\n\r\t",
                "%",
                "7777",
                "-1",
                "99999999999999999999"
            })
    void hostileFields_areNeverAFaultOfOurs(String value) {
        for (String text :
                List.of(value, value.repeat(900_000 / (12 * Math.max(1, value.length()))))) {
            for (String path :
                    List.of(
                            "/signin",
                            "/signin/code",
                            "/reset",
                            "/reset/link",
                            "/invitation",
                            "/setup")) {
                assertAnswered(newcomer().send(path, all(text)), path, text);
            }
            for (String path :
                    List.of(
                            "/console/account/password",
                            "/console/account/second-factor/confirm",
                            "/console/account/backup-codes",
                            "/console/account/sessions/end",
                            "/console/account/organization",
                            INVITE,
                            "/console/members/withdraw",
                            "/console/members/role",
                            "/console/members/remove",
                            "/console/members/reset-link")) {
                assertAnswered(owner.post(path, all(text)), path, text);
            }
        }
        server.getApplicationContext().getBean(dev.assent.account.TestDelays.class).forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%zz=1", "a=%", "=", "&&&", "a", "email=%ff%fe"})
    void brokenForms_areNeverAFaultOfOurs(String body) {
        for (String path : List.of("/signin", "/setup", INVITE)) {
            int status =
                    owner.sendBody(path, body, "Origin", server.getURI().toString()).statusCode();
            assertThat(status).as(path).isBetween(200, 499);
        }
        Http http = new Http(server.getURI());
        HttpResponse<String> json =
                http.send(
                        "POST",
                        "/signin",
                        "{}",
                        "Content-Type",
                        "application/json",
                        "Origin",
                        server.getURI().toString());
        assertThat(json.statusCode()).isEqualTo(415);
        assertThat(owner.get("/console/trail?before=x").statusCode()).isEqualTo(404);
        assertThat(newcomer().withCookie("x".repeat(4000)).get("/console").statusCode())
                .isEqualTo(303);
    }

    private static void assertAnswered(HttpResponse<String> answer, String path, String text) {
        String shown = text.substring(0, Math.min(40, text.length()));
        assertThat(answer.statusCode()).as(path + " " + shown).isBetween(200, 499);
        assertThat(answer.body()).doesNotContain("<script>alert");
    }

    private static String[] all(String text) {
        return new String[] {
            "email", text, "password", text, "name", text, "organization", text, "token", text,
            "code", text, "current", text, "member", text, "role", text, "invitation", text,
            "session", text, "next", text
        };
    }

    private static TestOperator newcomer() {
        return TestOperator.at(server.getURI());
    }
}
