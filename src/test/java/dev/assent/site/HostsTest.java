// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
    @ParameterizedTest
    @CsvSource({
        "stats.example, stats.example",
        "a.b-c.example, a.b-c.example",
        "*.stats.example, *.stats.example",
        "_x.stats.example, _x.stats.example",
        "2mdn.net, 2mdn.net",
        "*.bücher.example, *.xn--bcher-kva.example",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "stats.xn--p1ai, stats.xn--p1ai"
    })
    void rule_isWrittenAsBrowsersWriteHosts(String rule, String normal) {
        assertThat(Hosts.normalise(rule)).contains(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*.com",
                "*",
                "*.",
                "*.*.example.com",
                "com",
                "localhost",
                "stats.*.example",
                "Stats.example",
                "https://stats.example",
                "//stats.example",
                "stats.example:443",
                "stats.example/path",
                "stats.example.",
                ".stats.example",
                "stats..example",
                "stats.example ",
                "stats example.com",
                "192.0.2.1",
                "[2001:db8::1]",
                "stats.-example.com",
                "stats.example-",
                "user@stats.example",
                "stats.example?x",
                "\u202estats.example",
                ""
            })
    void otherText_isNoRule(String text) {
        assertThat(Hosts.normalise(text)).isEmpty();
    }

    @Test
    void longName_isNoRule() {
        String label = "a".repeat(63) + ".";
        assertThat(Hosts.normalise(label.repeat(3) + "a".repeat(53) + ".example")).isPresent();
        assertThat(Hosts.normalise(label.repeat(3) + "a".repeat(54) + ".example")).isEmpty();
        assertThat(Hosts.normalise("a" + label + "example")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example, https://shop.example, true",
        "shop.example, https://shop.example:8443, true",
        "shop.example, https://www.shop.example, false",
        "shop.example, https://*.shop.example, false",
        "*.shop.example, https://www.shop.example, true",
        "*.shop.example, https://a.www.shop.example, true",
        "*.shop.example, https://*.shop.example, true",
        "*.shop.example, https://shop.example, false",
        "*.shop.example, https://workshop.example, false",
        "*.cdn.shop.example, https://*.shop.example, false",
        "stats.shop.example, https://*.shop.example, false"
    })
    void rule_coversWhatItHoldsBack(String rule, String origin, boolean covers) {
        assertThat(Hosts.covers(rule, origin)).isEqualTo(covers);
    }
}
