// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestOperator;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Staying in and going out, over HTTP. */
class SessionsTest {
    private static final String PASSWORD = "/console/account/password";

    private static TestAccounts accounts;

    @BeforeAll
    static void start() {
        accounts = TestAccounts.start();
    }

    @AfterAll
    static void stop() throws IOException {
        accounts.close();
    }

    @Test
    void idleSession_endsAfterTwelveHoursAndAnyAfterFourteenDays() {
        String email = accounts.member();
        TestOperator idle = accounts.signedIn(email);
        accounts.clock.advance(Duration.ofHours(11));
        assertThat(idle.isIn()).isTrue();
        accounts.clock.advance(Duration.ofHours(11));
        assertThat(idle.isIn()).isTrue();
        accounts.clock.advance(Duration.ofHours(12));
        assertThat(idle.isIn()).isFalse();

        TestOperator busy = accounts.signedIn(email);
        for (int hours = 0; hours < 14 * 24 - 10; hours += 10) {
            assertThat(busy.isIn()).as("after %d hours", hours).isTrue();
            accounts.clock.advance(Duration.ofHours(10));
        }
        accounts.clock.advance(Duration.ofHours(10));
        assertThat(busy.isIn()).isFalse();
    }

    @Test
    void redisFlushedKilledAndBack_losesNobody() throws Exception {
        TestOperator browser = accounts.signedIn(accounts.member());
        assertThat(browser.isIn()).isTrue();
        accounts.redis.ask(commands -> commands.flushall());
        assertThat(browser.isIn()).isTrue();
        accounts.redis.kill();
        assertThat(browser.isIn()).isTrue();
        TestOperator another = accounts.signedIn(accounts.member());
        assertThat(another.isIn()).isTrue();
        assertThat(another.post("/signout").statusCode()).isEqualTo(303);
        accounts.redis.startAgain();
        assertThat(browser.isIn()).isTrue();
        assertThat(another.isIn()).isFalse();
    }

    @Test
    void whoeverWritesToRedis_doesNotComeIn() {
        TestOperator known = accounts.signedIn(accounts.member());
        assertThat(known.isIn()).isTrue();
        String theirs = key(known.cookie());
        byte[] sealed = accounts.redis.ask(commands -> commands.get(theirs));
        assertThat(sealed).isNotNull();
        Token invented = Token.random();
        accounts.redis.ask(commands -> commands.set(key(invented.text()), sealed));
        assertThat(accounts.newcomer().withCookie(invented.text()).isIn()).isFalse();
        accounts.redis.ask(commands -> commands.set(theirs, new byte[100]));
        assertThat(known.isIn()).isTrue();
    }

    @Test
    void tokens_areNowhereInTheDatabase() throws SQLException {
        TestOperator browser = accounts.signedIn(accounts.member());
        String sql = "select count(*) from operator_session s where s::text like '%' || ? || '%'";
        assertThat(accounts.database.number(sql, browser.cookie())).isZero();
    }

    @Test
    void signedOutSession_isOverEverywhere() {
        String email = accounts.member();
        TestOperator here = accounts.signedIn(email);
        TestOperator there = accounts.signedIn(email);
        assertThat(there.isIn()).isTrue();
        assertThat(here.post("/console/account/sessions/end-others").statusCode()).isEqualTo(303);
        assertThat(there.isIn()).isFalse();
        assertThat(here.isIn()).isTrue();
        String cookie = here.cookie();
        assertThat(here.post("/signout").statusCode()).isEqualTo(303);
        assertThat(here.withCookie(cookie).isIn()).isFalse();
    }

    @Test
    void changedPassword_endsOtherSessionsAndRenewsThisOne() {
        String email = accounts.member();
        TestOperator here = accounts.signedIn(email);
        TestOperator there = accounts.signedIn(email);
        String before = here.cookie();
        String fresh = "another good passphrase";
        assertThat(here.post(PASSWORD, "current", "wrong", "password", fresh).statusCode())
                .isEqualTo(422);
        assertThat(
                        here.post(PASSWORD, "current", TestOperator.PASSWORD, "password", "short")
                                .statusCode())
                .isEqualTo(422);
        assertThat(
                        here.post(PASSWORD, "current", TestOperator.PASSWORD, "password", fresh)
                                .statusCode())
                .isEqualTo(303);
        assertThat(here.isIn()).isTrue();
        assertThat(here.cookie()).isNotEqualTo(before);
        assertThat(here.withCookie(before).isIn()).isFalse();
        assertThat(there.isIn()).isFalse();
        assertThat(accounts.newcomer().signIn(email, TestOperator.PASSWORD).statusCode())
                .isEqualTo(422);
        assertThat(accounts.newcomer().signIn(email, fresh).statusCode()).isEqualTo(303);
    }

    private static String key(String token) {
        return "assent:session:" + new Token(token).hash().hex();
    }
}
