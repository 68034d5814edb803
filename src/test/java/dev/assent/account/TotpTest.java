// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);

    /** RFC 6238, appendix B, of which an app shows the last six digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void code_isThatOfTheStandard(long seconds, String code) {
        Instant at = Instant.ofEpochSecond(seconds);
        assertThat(Totp.code(SECRET, Totp.step(at))).isEqualTo(code);
    }

    @Test
    void match_takesOneStepOnEitherSide() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        String code = Totp.code(SECRET, Totp.step(now));
        for (int steps = -3; steps <= 3; steps++) {
            Instant at = now.plusSeconds(30L * steps);
            assertThat(Totp.match(SECRET, code, at).isPresent())
                    .as("%d steps", steps)
                    .isEqualTo(Math.abs(steps) <= 1);
        }
        assertThat(Totp.match(SECRET, "", now)).isEmpty();
        assertThat(Totp.match(SECRET, "٠٥٠٤٧١", now)).isEmpty();
    }

    @Test
    void base32_isThatOfTheStandard() {
        assertThat(Base32.encode("foobar".getBytes(US_ASCII))).isEqualTo("MZXW6YTBOI");
        assertThat(Base32.encode("foob".getBytes(US_ASCII))).isEqualTo("MZXW6YQ");
        assertThat(Base32.encode(new byte[0])).isEmpty();
    }

    @Test
    void delay_growsToItsLongestAndNotFurther() {
        assertThat(Delay.after(4, 5)).isEqualTo(Duration.ZERO);
        assertThat(Delay.after(5, 5)).isEqualTo(Duration.ofSeconds(5));
        assertThat(Delay.after(6, 5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(Delay.after(1_000_000, 5)).isEqualTo(Delay.LONGEST);
    }

    @Test
    void backupCodes_areOnesOwnAndReadHoweverTyped() {
        var codes = BackupCodes.make();
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        assertThat(codes).allMatch(code -> code.matches("([a-z2-7]{4}-){3}[a-z2-7]{4}"));
        String code = codes.getFirst();
        assertThat(BackupCodes.hash(code.replace("-", " ").toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(BackupCodes.hash(code));
        assertThat(BackupCodes.looksLikeOne(code)).isTrue();
        assertThat(BackupCodes.looksLikeOne("123456")).isFalse();
    }
}
