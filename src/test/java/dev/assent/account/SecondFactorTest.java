// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestOperator;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The code that is asked for beside the password, over HTTP. */
class SecondFactorTest {
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
    void secondFactor_isAskedForAndNoCodeIsTakenTwice() {
        String email = accounts.member();
        TestOperator here = accounts.signedIn(email);
        var app = TestAuthenticator.of(here, accounts.clock);
        assertThat(here.post(TestAuthenticator.PAGE + "/confirm", "code", "000000").statusCode())
                .isEqualTo(422);
        String taken = app.code();
        HttpResponse<String> on = here.post(TestAuthenticator.PAGE + "/confirm", "code", taken);
        assertThat(on.statusCode()).as(on.body()).isEqualTo(200);
        List<String> backup = codes(on.body());
        assertThat(backup).hasSize(10);

        TestOperator browser = accounts.newcomer();
        HttpResponse<String> asked = browser.signIn(email, TestOperator.PASSWORD);
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.body()).contains("authenticator app");
        assertThat(browser.isIn()).isFalse();
        String half = browser.cookie();
        assertThat(browser.send("/signin/code", "code", taken).statusCode()).isEqualTo(422);
        accounts.clock.advance(Duration.ofSeconds(60));
        String now = app.code();
        assertThat(browser.send("/signin/code", "code", now).statusCode()).isEqualTo(303);
        assertThat(browser.isIn()).isTrue();
        assertThat(browser.cookie()).isNotEqualTo(half);
        assertThat(accounts.newcomer().withCookie(half).isIn()).isFalse();

        TestOperator again = accounts.newcomer();
        again.signIn(email, TestOperator.PASSWORD);
        assertThat(again.send("/signin/code", "code", now).statusCode()).isEqualTo(422);
        assertThat(again.send("/signin/code", "code", backup.getFirst()).statusCode())
                .isEqualTo(303);
        TestOperator third = accounts.newcomer();
        third.signIn(email, TestOperator.PASSWORD);
        assertThat(third.send("/signin/code", "code", backup.getFirst()).statusCode())
                .isEqualTo(422);
        accounts.clock.advance(Duration.ofMinutes(11));
        assertThat(third.send("/signin/code", "code", backup.get(1)).body())
                .contains("That took too long");
    }

    @Test
    void backupCodes_areMadeOnceAndShownOnce() {
        TestOperator here = withFactor();
        String there = renewCodes(here, "a form");
        List<String> codes = codes(here.get(there).body());
        assertThat(codes).hasSize(10);
        assertThat(here.get(there).body()).contains("They are shown only once");

        // Who clicks twice sees the answer to the second click alone.
        accounts.clock.advance(Duration.ofMinutes(-1));
        assertThat(renewCodes(here, "a form")).isEqualTo(there);
        assertThat(codes(here.get(there).body())).isEqualTo(codes);
        accounts.clock.advance(Duration.ofMinutes(2));
        assertThat(renewCodes(here, "a form")).isEqualTo(there);
        assertThat(codes(here.get(there).body())).isEmpty();
        assertThat(renewCodes(here, "another form")).isNotEqualTo(there);
    }

    @Test
    void backupCodesThatNobodyReads_waitForTenMinutes() throws SQLException {
        TestOperator here = withFactor();
        String there = renewCodes(here, "a form");
        accounts.clock.advance(Duration.ofMinutes(11));
        assertThat(codes(here.get(there).body())).isEmpty();
        renewCodes(here, "another form");
        assertThat(sealed(there)).isFalse();
    }

    @Test
    void wrongPassword_isToldAtTheFormThatAskedForIt() {
        TestOperator here = withFactor();
        HttpResponse<String> off = here.post(TestAuthenticator.PAGE + "/off", "current", "wrong");
        assertThat(off.statusCode()).isEqualTo(422);
        assertThat(off.body())
                .contains("id=\"codes-current-wrong\"")
                .doesNotContain("id=\"password-current-wrong\"");
        HttpResponse<String> told =
                here.post(TestAuthenticator.PAGE + "/off", "current", TestOperator.PASSWORD);
        assertThat(here.get(told.headers().firstValue("Location").orElseThrow()).body())
                .contains("The second factor is off.");
    }

    @Test
    void guessedCodes_areDelayed() {
        String email = accounts.member();
        TestOperator here = accounts.signedIn(email);
        var app = TestAuthenticator.of(here, accounts.clock);
        here.post(TestAuthenticator.PAGE + "/confirm", "code", app.code());
        TestOperator browser = accounts.newcomer();
        browser.signIn(email, TestOperator.PASSWORD);
        int status = 422;
        for (int i = 0; i < 10 && status == 422; i++) {
            status = browser.send("/signin/code", "code", "00000" + i).statusCode();
        }
        assertThat(status).isEqualTo(429);
        accounts.clock.advance(Duration.ofHours(25));
    }

    /** Where the form leads to. */
    private static String renewCodes(TestOperator who, String once) {
        return who.send(
                        "/console/account/backup-codes",
                        "csrf",
                        who.formToken(),
                        "once",
                        once,
                        "current",
                        TestOperator.PASSWORD)
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    /** Somebody signed in who is asked for codes from now on. */
    private static TestOperator withFactor() {
        TestOperator here = accounts.signedIn(accounts.member());
        var app = TestAuthenticator.of(here, accounts.clock);
        assertThat(here.post(TestAuthenticator.PAGE + "/confirm", "code", app.code()).body())
                .contains("Here are your backup codes.");
        return here;
    }

    /** Whether what this address shows is still there to be shown. */
    private static boolean sealed(String there) throws SQLException {
        String id = there.substring(there.indexOf('=') + 1);
        return accounts.database.number(
                        "select count(*) from handover where sealed is not null and id = " + id)
                == 1;
    }

    private static List<String> codes(String page) {
        return Pattern.compile("<li>((?:[a-z2-7]{4}-){3}[a-z2-7]{4})</li>")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
