// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestOperator;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Coming in by a password, over HTTP. */
class SignInTest {
    private static TestAccounts accounts;

    @BeforeAll
    static void start() {
        accounts = TestAccounts.start();
    }

    @AfterAll
    static void stop() throws IOException {
        accounts.close();
    }

    @BeforeEach
    void forget() {
        accounts.forgetNetworks();
    }

    @Test
    void forgottenPassword_whereNoMailIsSent_namesTheCommandAndLeadsBack() {
        assertThat(accounts.newcomer().get("/reset/link").body())
                .contains("./assent reset-password EMAIL", "href=\"/signin\"");
    }

    @Test
    void rightPassword_opensASessionInACookieThatScriptsCannotRead() {
        TestOperator browser = accounts.newcomer();
        HttpResponse<String> answer = browser.signIn("  OLIVE@Example.com ", TestOperator.PASSWORD);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/console");
        assertThat(answer.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(set ->
                        assertThat(set)
                                .matches("assent-session=[A-Za-z0-9_-]{43};.*")
                                .containsIgnoringCase("; HttpOnly")
                                .contains("SameSite=Lax", "Path=/")
                                .doesNotContain("Secure", "Domain"));
        assertThat(browser.isIn()).isTrue();
    }

    @Test
    void whoeverFails_isToldTheSame() {
        String known = accounts.member();
        HttpResponse<String> wrong = accounts.newcomer().signIn(known, "wrong wrong wrong");
        HttpResponse<String> nobody =
                accounts.newcomer().signIn("nobody@example.com", "wrong wrong wrong");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(nobody.statusCode()).isEqualTo(422);
        assertThat(nobody.body().replace("nobody@example.com", known)).isEqualTo(wrong.body());
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
        for (String email : List.of(known, "nobody@example.com")) {
            for (int i = 0; i < 4; i++) {
                assertThat(accounts.newcomer().signIn(email, "wrong").statusCode()).isEqualTo(422);
            }
            assertThat(accounts.newcomer().signIn(email, "wrong").statusCode()).isEqualTo(429);
        }
        accounts.clock.advance(Duration.ofHours(25));
    }

    @Test
    void failures_delayEverLongerAndNeverForEver() {
        String email = accounts.member();
        for (int i = 0; i < 5; i++) {
            assertThat(accounts.newcomer().signIn(email, "wrong").statusCode()).isEqualTo(422);
        }
        long last = 0;
        for (int i = 0; i < 9; i++) {
            HttpResponse<String> early = accounts.newcomer().signIn(email, TestOperator.PASSWORD);
            assertThat(early.statusCode()).isEqualTo(429);
            long wait = Long.parseLong(early.headers().firstValue("Retry-After").orElseThrow());
            assertThat(wait).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(900);
            last = wait;
            accounts.clock.advance(Duration.ofSeconds(wait));
            accounts.forgetNetworks();
            assertThat(accounts.newcomer().signIn(email, "wrong").statusCode()).isEqualTo(422);
        }
        assertThat(last).isGreaterThan(600);
        accounts.clock.advance(Duration.ofMinutes(15));
        assertThat(accounts.newcomer().signIn(email, TestOperator.PASSWORD).statusCode())
                .isEqualTo(303);
        assertThat(accounts.newcomer().signIn(email, "wrong").statusCode()).isEqualTo(422);
        assertThat(accounts.owner().get("/console/trail").body()).contains("sign in delayed");
    }

    @Test
    void manyAccountsFromOneNetwork_areDelayedToo() {
        int status = 422;
        for (int i = 0; i < 25 && status == 422; i++) {
            status = accounts.newcomer().signIn("some" + i + "@example.com", "wrong").statusCode();
        }
        assertThat(status).isEqualTo(429);
        accounts.clock.advance(Duration.ofMinutes(15));
        assertThat(
                        accounts.newcomer()
                                .signIn(TestAccounts.OWNER, TestOperator.PASSWORD)
                                .statusCode())
                .isEqualTo(303);
        accounts.clock.advance(Duration.ofHours(25));
    }

    @Test
    void guessesAtOnce_areCountedOneByOne() throws Exception {
        String email = accounts.member();
        List<Thread> guessing = new ArrayList<>();
        var looked = new AtomicInteger();
        for (int i = 0; i < 15; i++) {
            guessing.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                if (accounts.newcomer().signIn(email, "wrong").statusCode()
                                        == 422) {
                                    looked.incrementAndGet();
                                }
                            }));
        }
        for (Thread guess : guessing) {
            guess.join();
        }
        assertThat(looked.get()).isLessThanOrEqualTo(5);
        accounts.clock.advance(Duration.ofHours(25));
    }
}
