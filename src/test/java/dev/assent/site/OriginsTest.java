// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com",
        "HTTPS://Example.COM/, https://example.com",
        "https://example.com:443, https://example.com",
        "http://example.com:80, http://example.com",
        "http://example.com:443, http://example.com:443",
        "http://localhost:8080, http://localhost:8080",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "http://[::1]:8080, http://[::1]:8080",
        "https://bücher.example, https://xn--bcher-kva.example",
        "https://*.example.com, https://*.example.com"
    })
    void origin_hasOneSpelling(String text, String normal) {
        assertThat(Origins.normalise(text)).contains(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "*",
                "example.com",
                "//example.com",
                "ftp://example.com",
                "https://",
                "https://example.com/path",
                "https://example.com?x",
                "https://user@example.com",
                "https://example.com:0",
                "https://example.com:65536",
                "https://example.com:99999999999",
                "https://exa mple.com",
                "https://.example.com",
                "https://example..com",
                "https://*.com",
                "https://*",
                "https://a.*.example.com",
                "https://*.*.example.com",
                "https://[::1",
                "https://[zz]",
                "https://example.com\u0000"
            })
    void noOrigin_isRefused(String text) {
        assertThat(Origins.normalise(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, true",
        "https://EXAMPLE.com, true",
        "https://www.shop.example, true",
        "https://a.b.shop.example, true",
        "https://shop.example, false",
        "https://evilshop.example, false",
        "https://.shop.example, false",
        "https://*.shop.example, false",
        "https://shop.example.evil.test, false",
        "http://www.shop.example, false",
        "http://example.com, false",
        "https://example.com:8443, false",
        "https://www.shop.example:8443, false",
        "null, false"
    })
    void allowed_coversOnlyWhatItSays(String origin, boolean covered) {
        assertThat(Origins.cover(List.of("https://example.com", "https://*.shop.example"), origin))
                .isEqualTo(covered);
    }
}
