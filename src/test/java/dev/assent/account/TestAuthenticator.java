// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestOperator;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An authenticator app that has taken what an operator's account page offers. */
public final class TestAuthenticator {
    static final String PAGE = "/console/account/second-factor";

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final byte[] secret;
    private final InstantSource clock;

    private TestAuthenticator(byte[] secret, InstantSource clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /** Has a code asked for whenever {@code operator} signs in from now on. */
    public static void turnOn(TestOperator operator, InstantSource clock) {
        var on = operator.post(PAGE + "/confirm", "code", of(operator, clock).code());
        assertThat(on.statusCode()).as(on.body()).isEqualTo(200);
    }

    /** Asks for a secret, which is shown as a picture too. */
    static TestAuthenticator of(TestOperator operator, InstantSource clock) {
        assertThat(operator.post(PAGE).statusCode()).isEqualTo(303);
        String page = operator.get("/console/account").body();
        Matcher secret = Pattern.compile("secret=([A-Z2-7]{32})").matcher(page);
        assertThat(secret.find()).isTrue();
        assertThat(page).contains("<svg", "<path d=\"M4,4h1v1h-1z");
        return new TestAuthenticator(decode(secret.group(1)), clock);
    }

    /** What it shows now. */
    String code() {
        return Totp.code(secret, Totp.step(clock.instant()));
    }

    /** Base32, another way than ours. */
    private static byte[] decode(String base32) {
        String bits =
                base32.chars()
                        .mapToObj(letter -> Integer.toBinaryString(32 + LETTERS.indexOf(letter)))
                        .map(five -> five.substring(1))
                        .collect(Collectors.joining("", "1", ""));
        return Arrays.copyOfRange(new BigInteger(bits, 2).toByteArray(), 1, 21);
    }
}
