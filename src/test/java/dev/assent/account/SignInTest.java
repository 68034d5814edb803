// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.MovedClock;
import dev.assent.TestOperator;
import dev.assent.TestRedis;
import dev.assent.TestServers;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Coming in, staying in and going out, over HTTP. */
class SignInTest {
    private static final String OWNER = "olive@example.com";

    private static EmbeddedServer server;
    private static TestRedis redis;
    private static MovedClock clock;
    private static String url;
    private static TestOperator owner;
    private static int people;

    @BeforeAll
    static void start() {
        redis = new TestRedis();
        url = TestServers.newDatabase();
        var properties = new HashMap<String, Object>(TestServers.properties(url));
        properties.put("assent.redis-uri", redis.uri());
        properties.put("moved-clock", "true");
        server = ApplicationContext.run(EmbeddedServer.class, properties);
        clock = bean(MovedClock.class);
        String link = bean(SetUp.class).link().orElseThrow();
        owner = TestOperator.setUp(server.getURI(), link, OWNER);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        redis.close();
    }

    @Test
    void rightPassword_opensASessionInACookieThatScriptsCannotRead() {
        TestOperator browser = newcomer();
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
        String known = member();
        HttpResponse<String> wrong = newcomer().signIn(known, "wrong wrong wrong");
        HttpResponse<String> nobody = newcomer().signIn("nobody@example.com", "wrong wrong wrong");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(nobody.statusCode()).isEqualTo(422);
        assertThat(nobody.body().replace("nobody@example.com", known)).isEqualTo(wrong.body());
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
        for (String email : List.of(known, "nobody@example.com")) {
            for (int i = 0; i < 4; i++) {
                assertThat(newcomer().signIn(email, "wrong").statusCode()).isEqualTo(422);
            }
            assertThat(newcomer().signIn(email, "wrong").statusCode()).isEqualTo(429);
        }
        clock.advance(Duration.ofHours(25));
    }

    @Test
    void failures_delayEverLongerAndNeverForEver() {
        String email = member();
        for (int i = 0; i < 5; i++) {
            assertThat(newcomer().signIn(email, "wrong").statusCode()).isEqualTo(422);
        }
        long last = 0;
        for (int i = 0; i < 9; i++) {
            HttpResponse<String> early = newcomer().signIn(email, TestOperator.PASSWORD);
            assertThat(early.statusCode()).isEqualTo(429);
            long wait = Long.parseLong(early.headers().firstValue("Retry-After").orElseThrow());
            assertThat(wait).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(900);
            last = wait;
            clock.advance(Duration.ofSeconds(wait));
            forgetNetworks();
            assertThat(newcomer().signIn(email, "wrong").statusCode()).isEqualTo(422);
        }
        assertThat(last).isGreaterThan(600);
        clock.advance(Duration.ofMinutes(15));
        assertThat(newcomer().signIn(email, TestOperator.PASSWORD).statusCode()).isEqualTo(303);
        assertThat(newcomer().signIn(email, "wrong").statusCode()).isEqualTo(422);
        assertThat(owner.get("/console/trail").body()).contains("sign in delayed");
    }

    @Test
    void manyAccountsFromOneNetwork_areDelayedToo() {
        forgetNetworks();
        int status = 422;
        for (int i = 0; i < 25 && status == 422; i++) {
            status = newcomer().signIn("some" + i + "@example.com", "wrong").statusCode();
        }
        assertThat(status).isEqualTo(429);
        clock.advance(Duration.ofMinutes(15));
        assertThat(newcomer().signIn(OWNER, TestOperator.PASSWORD).statusCode()).isEqualTo(303);
        clock.advance(Duration.ofHours(25));
    }

    @Test
    void guessesAtOnce_areCountedOneByOne() throws Exception {
        String email = member();
        List<Thread> guessing = new ArrayList<>();
        var looked = new java.util.concurrent.atomic.AtomicInteger();
        for (int i = 0; i < 15; i++) {
            guessing.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                if (newcomer().signIn(email, "wrong").statusCode() == 422) {
                                    looked.incrementAndGet();
                                }
                            }));
        }
        for (Thread guess : guessing) {
            guess.join();
        }
        assertThat(looked.get()).isLessThanOrEqualTo(5);
        clock.advance(Duration.ofHours(25));
    }

    @Test
    void idleSession_endsAfterTwelveHoursAndAnyAfterFourteenDays() {
        String email = member();
        TestOperator idle = signedIn(email);
        clock.advance(Duration.ofHours(11));
        assertThat(idle.isIn()).isTrue();
        clock.advance(Duration.ofHours(11));
        assertThat(idle.isIn()).isTrue();
        clock.advance(Duration.ofHours(12));
        assertThat(idle.isIn()).isFalse();

        TestOperator busy = signedIn(email);
        for (int hours = 0; hours < 14 * 24 - 10; hours += 10) {
            assertThat(busy.isIn()).as("after %d hours", hours).isTrue();
            clock.advance(Duration.ofHours(10));
        }
        clock.advance(Duration.ofHours(10));
        assertThat(busy.isIn()).isFalse();
        owner = signedIn(OWNER);
    }

    @Test
    void redisFlushedKilledAndBack_losesNobody() throws Exception {
        TestOperator browser = signedIn(member());
        assertThat(browser.isIn()).isTrue();
        redis.ask(commands -> commands.flushall());
        assertThat(browser.isIn()).isTrue();
        redis.kill();
        assertThat(browser.isIn()).isTrue();
        TestOperator another = signedIn(member());
        assertThat(another.isIn()).isTrue();
        assertThat(another.post("/signout").statusCode()).isEqualTo(303);
        redis.startAgain();
        assertThat(browser.isIn()).isTrue();
        assertThat(another.isIn()).isFalse();
    }

    @Test
    void whoeverWritesToRedis_doesNotComeIn() {
        TestOperator known = signedIn(member());
        assertThat(known.isIn()).isTrue();
        String theirs = key(known.cookie());
        byte[] sealed = redis.ask(commands -> commands.get(theirs));
        assertThat(sealed).isNotNull();
        Token invented = Token.random();
        redis.ask(commands -> commands.set(key(invented.text()), sealed));
        assertThat(newcomer().withCookie(invented.text()).isIn()).isFalse();
        redis.ask(commands -> commands.set(theirs, new byte[100]));
        assertThat(known.isIn()).isTrue();
    }

    @Test
    void tokens_areNowhereInTheDatabase() throws SQLException {
        TestOperator browser = signedIn(member());
        String sql = "select count(*) from operator_session s where s::text like '%' || ? || '%'";
        try (var connection = TestServers.connect(url);
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, browser.cookie());
            var rows = statement.executeQuery();
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void signedOutSession_isOverEverywhere() {
        String email = member();
        TestOperator here = signedIn(email);
        TestOperator there = signedIn(email);
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
        String email = member();
        TestOperator here = signedIn(email);
        TestOperator there = signedIn(email);
        String before = here.cookie();
        String fresh = "another good passphrase";
        assertThat(here.post(password(), "current", "wrong", "password", fresh).statusCode())
                .isEqualTo(422);
        assertThat(
                        here.post(password(), "current", TestOperator.PASSWORD, "password", "short")
                                .statusCode())
                .isEqualTo(422);
        assertThat(
                        here.post(password(), "current", TestOperator.PASSWORD, "password", fresh)
                                .statusCode())
                .isEqualTo(303);
        assertThat(here.isIn()).isTrue();
        assertThat(here.cookie()).isNotEqualTo(before);
        assertThat(here.withCookie(before).isIn()).isFalse();
        assertThat(there.isIn()).isFalse();
        assertThat(newcomer().signIn(email, TestOperator.PASSWORD).statusCode()).isEqualTo(422);
        assertThat(newcomer().signIn(email, fresh).statusCode()).isEqualTo(303);
    }

    @Test
    void secondFactor_isAskedForAndNoCodeIsTakenTwice() {
        String email = member();
        TestOperator here = signedIn(email);
        byte[] secret = offer(here);
        assertThat(here.post(factor() + "/confirm", "code", "000000").statusCode()).isEqualTo(422);
        HttpResponse<String> on = here.post(factor() + "/confirm", "code", code(secret));
        assertThat(on.statusCode()).as(on.body()).isEqualTo(200);
        List<String> backup = codes(on.body());
        assertThat(backup).hasSize(10);

        TestOperator browser = newcomer();
        HttpResponse<String> asked = browser.signIn(email, TestOperator.PASSWORD);
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.body()).contains("authenticator app");
        assertThat(browser.isIn()).isFalse();
        String half = browser.cookie();
        // The one that turned it on has been taken.
        assertThat(browser.send("/signin/code", "code", code(secret)).statusCode()).isEqualTo(422);
        clock.advance(Duration.ofSeconds(60));
        String now = code(secret);
        assertThat(browser.send("/signin/code", "code", now).statusCode()).isEqualTo(303);
        assertThat(browser.isIn()).isTrue();
        assertThat(browser.cookie()).isNotEqualTo(half);
        assertThat(newcomer().withCookie(half).isIn()).isFalse();

        TestOperator again = newcomer();
        again.signIn(email, TestOperator.PASSWORD);
        assertThat(again.send("/signin/code", "code", now).statusCode()).isEqualTo(422);
        assertThat(again.send("/signin/code", "code", backup.getFirst()).statusCode())
                .isEqualTo(303);
        TestOperator third = newcomer();
        third.signIn(email, TestOperator.PASSWORD);
        assertThat(third.send("/signin/code", "code", backup.getFirst()).statusCode())
                .isEqualTo(422);
        clock.advance(Duration.ofMinutes(11));
        assertThat(third.send("/signin/code", "code", backup.get(1)).body())
                .contains("That took too long");
    }

    @Test
    void guessedCodes_areDelayed() {
        String email = member();
        TestOperator here = signedIn(email);
        byte[] secret = offer(here);
        here.post(factor() + "/confirm", "code", code(secret));
        TestOperator browser = newcomer();
        browser.signIn(email, TestOperator.PASSWORD);
        int status = 422;
        for (int i = 0; i < 10 && status == 422; i++) {
            status = browser.send("/signin/code", "code", "00000" + i).statusCode();
        }
        assertThat(status).isEqualTo(429);
        clock.advance(Duration.ofHours(25));
        owner = signedIn(OWNER);
    }

    private static String password() {
        return "/console/account/password";
    }

    private static String factor() {
        return "/console/account/second-factor";
    }

    private static byte[] offer(TestOperator operator) {
        assertThat(operator.post(factor()).statusCode()).isEqualTo(303);
        String page = operator.get("/console/account").body();
        Matcher secret = Pattern.compile("secret=([A-Z2-7]{32})").matcher(page);
        assertThat(secret.find()).isTrue();
        assertThat(page).contains("<svg", "<path d=\"M4,4h1v1h-1z");
        return decode(secret.group(1));
    }

    private static String code(byte[] secret) {
        return Totp.code(secret, Totp.step(clock.instant()));
    }

    private static List<String> codes(String page) {
        return Pattern.compile("<li>((?:[a-z2-7]{4}-){3}[a-z2-7]{4})</li>")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static byte[] decode(String base32) {
        var number =
                new java.math.BigInteger(
                        base32.chars()
                                .mapToObj(c -> "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c))
                                .map(i ->
                                        "%5s"
                                                .formatted(Integer.toBinaryString(i))
                                                .replace(' ', '0'))
                                .reduce("1", String::concat),
                        2);
        return java.util.Arrays.copyOfRange(number.toByteArray(), 1, 21);
    }

    private static String key(String token) {
        return "assent:session:" + new Token(token).hash().hex();
    }

    /** A new member's address. */
    private static String member() {
        forgetNetworks();
        String email = "member" + ++people + "@example.com";
        if (!owner.isIn()) {
            owner = signedIn(OWNER);
        }
        owner.colleague(email, "editor");
        return email;
    }

    /** All tests come from one network, which is not what most of them are about. */
    private static void forgetNetworks() {
        bean(Delays.class).forgetNetworks();
    }

    private static TestOperator signedIn(String email) {
        forgetNetworks();
        TestOperator browser = newcomer();
        assertThat(browser.signIn(email, TestOperator.PASSWORD).statusCode()).isEqualTo(303);
        return browser;
    }

    private static TestOperator newcomer() {
        return TestOperator.at(server.getURI());
    }

    private static <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }
}
