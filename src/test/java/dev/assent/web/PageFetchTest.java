// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFetchTest {
    private static final Duration SHORT = Duration.ofMillis(500);

    private static HttpServer server;
    private static String base;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        answer("/page", 200, "<p>words</p>", null);
        answer("/long", 200, "x".repeat(3 << 20), null);
        answer("/gone", 404, "no", null);
        answer("/one", 302, "", "/page");
        answer("/four", 302, "", "/three");
        answer("/three", 302, "", "/two");
        answer("/two", 302, "", "/one");
        answer("/file", 302, "", "file:///etc/passwd");
        answer("/mail", 302, "", "http://localhost:25/");
        answer("/nonsense", 302, "", "http://[");
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void privateAddresses_areNotPublic(String address) throws IOException {
        assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "9.9.9.9",
                "192.167.1.1",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001::1",
                "::ffff:8.8.8.8"
            })
    void addressesOfTheInternet_arePublic(String address) throws IOException {
        assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/",
                "http://127.0.0.1/",
                "http://2130706433/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://169.254.169.254/latest/",
                "https://10.0.0.1:8443/",
                "http://[fd00::1]:8080/",
                "http://0/"
            })
    void privateAddress_isNotGoneTo(String address) {
        assertThatThrownBy(() -> fetch("https://consent.example", null).get(URI.create(address)))
                .isInstanceOfSatisfying(
                        FetchException.class, e -> assertThat(e.reason()).contains("not public"));
    }

    @Test
    void privateAddress_isGoneToWhereTheServiceIsOnThisMachine() throws FetchException {
        for (String own :
                new String[] {"http://localhost:8080", "http://127.0.0.1", "http://[::1]"}) {
            assertThat(fetch(own, null).get(URI.create(base + "/page")).text())
                    .isEqualTo("<p>words</p>");
        }
        assertThat(fetch("https://consent.example", true).get(URI.create(base + "/page")).status())
                .isEqualTo(200);
        assertThatThrownBy(() -> fetch("http://localhost", false).get(URI.create(base + "/page")))
                .isInstanceOf(FetchException.class);
    }

    @Test
    void redirects_areFollowedThreeTimes() throws FetchException {
        assertThat(anywhere().get(URI.create(base + "/three")).address())
                .isEqualTo(URI.create(base + "/page"));
        assertThatThrownBy(() -> anywhere().get(URI.create(base + "/four")))
                .isInstanceOfSatisfying(
                        FetchException.class, e -> assertThat(e.reason()).contains("three times"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/file", "/mail", "/nonsense"})
    void redirect_leadsToTheWebAlone(String path) {
        assertThatThrownBy(() -> anywhere().get(URI.create(base + path)))
                .isInstanceOf(FetchException.class);
    }

    @Test
    void longPage_isReadToABound() throws FetchException {
        assertThat(anywhere().get(URI.create(base + "/long")).text()).hasSize(1 << 20);
        assertThat(anywhere().get(URI.create(base + "/gone")).status()).isEqualTo(404);
    }

    @Test
    void silentServer_isNotWaitedForLong() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI there = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            var impatient = new PageFetch(true, url("http://localhost"), SHORT);
            assertThatThrownBy(() -> impatient.get(there))
                    .isInstanceOfSatisfying(
                            FetchException.class, e -> assertThat(e.reason()).contains("in time"));
            URI secure = URI.create("https://127.0.0.1:" + silent.getLocalPort());
            assertThatThrownBy(() -> impatient.get(secure)).isInstanceOf(FetchException.class);
        }
    }

    @Test
    void answer_isReadInEveryFraming() throws IOException {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef")).isEqualTo("abc");
        assertThat(read("HTTP/1.0 200\n\nabc")).isEqualTo("abc");
        assertThat(
                        read(
                                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding:"
                                        + " chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))
                .isEqualTo("abcde");
        assertThat(read("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(200))).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-x\r\n",
                "HTTP/1.1 99 no\r\n\r\n",
                "HTTP/9 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n"
            })
    void whatIsNoHttp_isRefused(String answer) {
        assertThatThrownBy(() -> read(answer)).isInstanceOf(IOException.class);
    }

    private static String read(String answer) throws IOException {
        var stream = new ByteArrayInputStream(answer.getBytes(US_ASCII));
        return new String(HttpAnswer.read(stream, 100).body(), US_ASCII);
    }

    private static PageFetch anywhere() {
        return fetch("http://localhost", true);
    }

    private static PageFetch fetch(String own, @Nullable Boolean anywhere) {
        return new PageFetch(anywhere, url(own), Duration.ofSeconds(10));
    }

    private static PublicUrl url(String own) {
        return new PublicUrl(
                own,
                () -> {
                    throw new IllegalStateException("not asked for");
                });
    }

    private static void answer(String path, int status, String body, @Nullable String location) {
        server.createContext(
                path,
                exchange -> {
                    try (exchange) {
                        if (location != null) {
                            exchange.getResponseHeaders().set("Location", location);
                        }
                        exchange.sendResponseHeaders(status, 0);
                        exchange.getResponseBody().write(body.getBytes(US_ASCII));
                    } catch (IOException e) {
                        // The client has read enough.
                    }
                });
    }
}
