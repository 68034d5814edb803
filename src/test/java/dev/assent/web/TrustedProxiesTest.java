// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.MutableHttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final TrustedProxies NONE = new TrustedProxies(null);
    private static final TrustedProxies TWO =
            new TrustedProxies(List.of("10.0.0.0/8", " 2001:db8:ffff::/48", ""));

    @Test
    void forwardedFor_isNotReadByDefault() {
        assertThat(NONE.clientOf(request("127.0.0.1", "198.51.100.7")))
                .isEqualTo(network("127.0.0.9"));
    }

    @Test
    void forwardedFor_fromAStrangerIsIgnored() {
        assertThat(TWO.clientOf(request("192.0.2.1", "198.51.100.7")))
                .isEqualTo(network("192.0.2.200"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.7                              | 198.51.100.0",
                "203.0.113.9, 198.51.100.7                 | 198.51.100.0",
                "203.0.113.9, 198.51.100.7, 10.2.2.2       | 198.51.100.0",
                "198.51.100.7:4711                         | 198.51.100.0",
                "2001:db8:1:2::3                           | 2001:db8:1::",
                "[2001:db8:1:2::3]:4711, 2001:db8:ffff::9  | 2001:db8:1::",
                "::ffff:198.51.100.7                       | 198.51.100.0",
                "198.51.100.7, localhost                   | 10.1.1.0",
                "198.51.100.7, unknown, 10.2.2.2           | 10.2.2.0",
                "198.51.100.7, 1                           | 10.1.1.0",
                "198.51.100.7, fe80::1%eth0                | 10.1.1.0",
                "198.51.100.7,                             | 10.1.1.0",
                "198.51.100.7, 10.3.3.300                  | 10.1.1.0",
            })
    void forwardedFor_isWalkedFromTheRight(String header, String client) {
        assertThat(TWO.clientOf(request("10.1.1.1", header))).isEqualTo(network(client));
    }

    @Test
    void severalHeaders_areOneList() {
        HttpRequest<?> request = request("10.1.1.1", "203.0.113.9", "198.51.100.7, 10.2.2.2");
        assertThat(TWO.clientOf(request)).isEqualTo(network("198.51.100.0"));
    }

    @Test
    void networks_are24And48Bits() {
        assertThat(network("192.0.2.1")).isEqualTo(network("192.0.2.254"));
        assertThat(network("192.0.2.1")).isNotEqualTo(network("192.0.3.1"));
        assertThat(network("2001:db8:1:2::3")).isEqualTo(network("2001:db8:1:ffff::"));
        assertThat(network("2001:db8:1::")).isNotEqualTo(network("2001:db8:2::"));
        assertThat(network("0.0.0.0")).isNotEqualTo(network("::"));
    }

    @Test
    void network_doesNotShowItself() {
        assertThat(network("192.0.2.1")).hasToString("a network");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0/8",
                "proxy.example",
                "::1/129",
                "1.2.3.4/x"
            })
    void nonsense_isRefusedAtTheStart(String block) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(block)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(block);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 255.1.2.3, true",
        "192.0.2.128/25, 192.0.2.129, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "::/0, 192.0.2.1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
    })
    void block_containsByItsLeadingBits(String block, String address, boolean contained) {
        assertThat(AddressBlock.parse(block).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    private static ClientNetwork network(String address) {
        return ClientNetwork.of(InetAddress.ofLiteral(address));
    }

    private static HttpRequest<?> request(String peer, String... forwardedFor) {
        MutableHttpRequest<Object> request = HttpRequest.GET("/");
        for (String header : forwardedFor) {
            request.header("X-Forwarded-For", header);
        }
        return new HttpRequestWrapper<>(request) {
            @Override
            public InetSocketAddress getRemoteAddress() {
                return new InetSocketAddress(InetAddress.ofLiteral(peer), 4711);
            }
        };
    }
}
