// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.Decoder;
import dev.assent.TestServers;
import dev.assent.merkle.Hash;
import dev.assent.site.RawClient.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptServingTest implements TestPropertyProvider {
    private final String url = TestServers.newDatabase();

    @Inject EmbeddedServer server;
    @Inject MeterRegistry metrics;

    private TestScripts sites;
    private String siteKey;
    private SiteScript script;
    private String etag;

    @Override
    public Map<String, String> getProperties() {
        return TestServers.properties(url);
    }

    @BeforeAll
    void publish() throws SQLException, IOException {
        sites = new TestScripts(url);
        siteKey = sites.newSite();
        script = sites.publish(siteKey, 1, TestScripts.LONG_AGO);
        etag = "\"" + script.sha256().base64Url() + "\"";
        assertThat(get(live()).status()).as("now in memory").isEqualTo(200);
    }

    @Test
    void headers_areTheseAndNoOthers() throws IOException {
        Answer answer = get(live());
        assertThat(without(answer, "date"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "content-type", "text/javascript; charset=utf-8",
                                "content-length", Integer.toString(script.identity().length),
                                "etag", etag,
                                "cache-control",
                                        "public, max-age=300, stale-while-revalidate=86400,"
                                                + " stale-if-error=604800",
                                "vary", "accept-encoding",
                                "access-control-allow-origin", "*",
                                "cross-origin-resource-policy", "cross-origin",
                                "timing-allow-origin", "*",
                                "x-content-type-options", "nosniff"));
        assertThat(answer.header("date")).matches("\\w{3}, \\d\\d \\w{3} \\d{4} [0-9:]{8} GMT");
        assertThat(answer.body()).isEqualTo(script.identity());
    }

    /** A closing connection is answered by the controller. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Accept-Encoding: br", "Accept-Encoding: gzip", "If-None-Match: *"})
    void slowWay_answersTheSame(String header) throws IOException {
        for (String path : List.of(live(), byHash())) {
            for (String method : List.of("GET", "HEAD")) {
                Answer fast = ask(method, path, header);
                Answer slow = ask(method, path, header, "Connection: close");
                assertThat(slow.header("connection")).isEqualTo("close");
                assertThat(without(slow, "date", "connection")).isEqualTo(without(fast, "date"));
                assertThat(slow.status()).isEqualTo(fast.status());
                assertThat(slow.body()).isEqualTo(fast.body());
            }
        }
    }

    @Test
    void contentAddressedForm_isTheSameForAYear() throws IOException {
        Answer plain = get(live(), "Accept-Encoding: br");
        Answer named = get(byHash(), "Accept-Encoding: br");
        assertThat(named.body()).isEqualTo(plain.body());
        assertThat(named.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(without(named, "date", "cache-control"))
                .isEqualTo(without(plain, "date", "cache-control"));
    }

    @Test
    void earlierVersion_isServedByItsHashOnly() throws Exception {
        String site = sites.newSite();
        SiteScript first = sites.publish(site, 1, TestScripts.LONG_AGO);
        SiteScript second = sites.publish(site, 2, TestScripts.LONG_AGO);
        for (int i = 0; i < 2; i++) {
            assertThat(get("/w/" + site + ".js").body()).isEqualTo(second.identity());
            assertThat(get("/w/" + site + "/" + first.sha256() + ".js").body())
                    .isEqualTo(first.identity());
        }
    }

    @Test
    void encodings_holdTheSameScript() throws IOException {
        Answer brotli = get(live(), "Accept-Encoding: gzip, deflate, br, zstd");
        assertThat(brotli.header("content-encoding")).isEqualTo("br");
        assertThat(Decoder.decompress(brotli.body()).getDecompressedData())
                .isEqualTo(script.identity());
        Answer gzip = get(live(), "Accept-Encoding: gzip");
        assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo(script.identity());
        assertThat(List.of(brotli.header("etag"), gzip.header("etag"), etag))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "br;q=0, gzip        | gzip",
                "br;q=0.5, gzip      | gzip",
                "br;q=0.500, gzip;q=0.5 | br",
                "*                   | br",
                "*;q=0               | ",
                "*, br;q=0           | gzip",
                "gzip;q=0, br;q=0    | ",
                "identity            | ",
                "identity;q=0        | ",
                "identity;q=1, br;q=0.9 | ",
                "deflate, zstd       | ",
                "BR                  | br",
                "x-gzip              | gzip",
                "br;q=2              | ",
                "br;level=5          | ",
                ",,;;q=              | ",
            })
    void acceptEncoding_isWeighed(String accepted, String coding) throws IOException {
        for (String connection : List.of("keep-alive", "close")) {
            Answer answer =
                    get(live(), "Accept-Encoding: " + accepted, "Connection: " + connection);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-encoding")).isEqualTo(coding);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ETAG                   | 304",
                "W/ETAG                 | 304",
                "*                      | 304",
                "\"other\", ETAG        | 304",
                "W/\"other\",W/ETAG     | 304",
                "\"a,b\" , ETAG         | 304",
                "\"other\"              | 200",
                "\"\"                   | 200",
                "other                  | 200",
                "w/ETAG                 | 200",
                "\"unclosed             | 200",
                "\"ETAG\"               | 200",
                "W/                     | 200",
            })
    void ifNoneMatch_isAListOfTags(String header, int status) throws IOException {
        String value = header.replace("ETAG", etag);
        for (String connection : List.of("keep-alive", "close")) {
            Answer answer = get(live(), "If-None-Match: " + value, "Connection: " + connection);
            assertThat(answer.status()).as(value).isEqualTo(status);
        }
    }

    @Test
    void notModified_hasTheHeadersThatCachesRenew() throws IOException {
        Answer held = get(live(), "If-None-Match: " + etag);
        assertThat(held.headers())
                .doesNotContainKeys("content-type", "content-length", "content-encoding");
        assertThat(without(held, "date"))
                .isEqualTo(without(get(live()), "date", "content-type", "content-length"));
    }

    @Test
    void oneEncodingsTag_isNotAnothers() throws IOException {
        String brotli = get(live(), "Accept-Encoding: br").header("etag");
        assertThat(get(live(), "Accept-Encoding: br", "If-None-Match: " + brotli).status())
                .isEqualTo(304);
        assertThat(get(live(), "Accept-Encoding: gzip", "If-None-Match: " + brotli).status())
                .isEqualTo(200);
    }

    @Test
    void head_hasTheHeadersOfGet() throws IOException {
        Answer head = ask("HEAD", live(), "Accept-Encoding: br");
        assertThat(head.status()).isEqualTo(200);
        assertThat(without(head, "date"))
                .isEqualTo(without(get(live(), "Accept-Encoding: br"), "date"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/w/unknown123.js",
                "/w/short.js",
                "/w/..%2f..%2fetc.js",
                "/w/unknown123/0000000000000000000000000000000000000000000000000000000000000000.js",
                "/w/unknown123/xyz.js",
            })
    void unknown_isAProblemThatCachesForgetSoon(String path) throws IOException {
        for (int i = 0; i < 2; i++) {
            Answer answer = get(path, "Origin: https://shop.example");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.header("cache-control")).isEqualTo("public, max-age=10");
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(answer.text()).contains("\"type\":\"/problems/not-found\"");
        }
    }

    @Test
    void anothersScript_isNotServedUnderThisSite() throws Exception {
        String other = sites.newSiteWithScript();
        assertThat(get("/w/" + other + "/" + script.sha256() + ".js").status()).isEqualTo(404);
        Hash scheduled =
                sites.publish(other, 2, TestScripts.LONG_AGO.plusSeconds(4_000_000_000L)).sha256();
        assertThat(get("/w/" + other + "/" + scheduled + ".js").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void otherMethods_areNotAllowed(String method) throws IOException {
        Answer answer = ask(method, live(), "Content-Length: 0");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).contains("GET").contains("HEAD");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    }

    @Test
    void query_changesNothing() throws IOException {
        assertThat(get(live() + "?v=3").body()).isEqualTo(script.identity());
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder() throws Exception {
        String unseen = sites.newSiteWithScript();
        try (RawClient client = new RawClient(server.getPort())) {
            String hit = RawClient.request("GET", live());
            client.send(
                    hit
                            + RawClient.request("GET", "/w/" + unseen + ".js")
                            + hit
                            + RawClient.request("GET", "/w/unknown123.js")
                            + RawClient.request("HEAD", live())
                            + RawClient.request("GET", live(), "If-None-Match: *")
                            + hit);
            assertThat(client.receive(false).body()).isEqualTo(script.identity());
            assertThat(client.receive(false).text()).contains(unseen);
            assertThat(client.receive(false).body()).isEqualTo(script.identity());
            assertThat(client.receive(false).status()).isEqualTo(404);
            assertThat(client.receive(true).status()).isEqualTo(200);
            assertThat(client.receive(false).status()).isEqualTo(304);
            assertThat(client.receive(false).body()).isEqualTo(script.identity());
        }
    }

    @Test
    void manyPipelinedRequests_areAllAnswered() throws IOException {
        int many = 500;
        try (RawClient client = new RawClient(server.getPort())) {
            String hit = RawClient.request("GET", live(), "Accept-Encoding: gzip");
            String passedOn = RawClient.request("GET", live() + "?");
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            client.send((hit.repeat(7) + passedOn).repeat(many));
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    });
            for (int i = 0; i < many; i++) {
                for (int j = 0; j < 7; j++) {
                    assertThat(client.receive(false).body()).isEqualTo(script.gzip());
                }
                assertThat(client.receive(false).body()).isEqualTo(script.identity());
            }
        }
    }

    @Test
    void requestWithABody_isAnsweredAndTheConnectionGoesOn() throws IOException {
        try (RawClient client = new RawClient(server.getPort())) {
            client.send(RawClient.request("GET", live(), "Content-Length: 5") + "hello");
            assertThat(client.receive(false).body()).isEqualTo(script.identity());
            client.send(
                    RawClient.request("GET", live(), "Transfer-Encoding: chunked")
                            + "5\r\nhello\r\n0\r\n\r\n"
                            + RawClient.request("GET", live()));
            assertThat(client.receive(false).body()).isEqualTo(script.identity());
            assertThat(client.receive(false).body()).isEqualTo(script.identity());
        }
    }

    @Test
    void expectation_isMetOrIgnored() throws IOException {
        try (RawClient client = new RawClient(server.getPort())) {
            client.send(RawClient.request("GET", live(), "Expect: 100-continue"));
            Answer answer = client.receive(false);
            Answer last = answer.status() == 100 ? client.receive(false) : answer;
            assertThat(last.body()).isEqualTo(script.identity());
            client.send(RawClient.request("GET", live()));
            assertThat(client.receive(false).body()).isEqualTo(script.identity());
        }
    }

    @Test
    void closingConnection_isClosedAfterTheAnswer() throws IOException {
        try (RawClient client = new RawClient(server.getPort())) {
            client.send(
                    RawClient.request("GET", live(), "Connection: close")
                            + RawClient.request("GET", live()));
            assertThat(client.receive(false).body()).isEqualTo(script.identity());
            assertThat(client.isClosedByServer()).isTrue();
        }
        try (RawClient client = new RawClient(server.getPort())) {
            client.send("GET " + live() + " HTTP/1.0\r\n\r\n");
            assertThat(client.receive(false).body()).isEqualTo(script.identity());
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void brokenRequest_isRefusedAndNotServed() throws IOException {
        try (RawClient client = new RawClient(server.getPort())) {
            client.send("GET " + live() + " HTTP/1.1\r\nHost: test\r\nbad header\r\n\r\n");
            assertThat(client.receive(false).status()).isEqualTo(400);
        }
    }

    @Test
    void requests_areCounted() throws IOException {
        double ok = count("200");
        double notModified = count("304");
        double missed = count("miss");
        get(live());
        get(live(), "Connection: close");
        get(live(), "If-None-Match: *");
        get("/w/unknown999.js");
        assertThat(count("200") - ok).isEqualTo(2);
        assertThat(count("304") - notModified).isEqualTo(1);
        assertThat(count("miss") - missed).isEqualTo(1);
        assertThat(get("/prometheus").text())
                .contains("assent_script_requests_total{result=\"304\"}");
    }

    private double count(String result) {
        return metrics.counter("assent.script.requests", "result", result).count();
    }

    private String live() {
        return "/w/" + siteKey + ".js";
    }

    private String byHash() {
        return "/w/" + siteKey + "/" + script.sha256() + ".js";
    }

    private Answer get(String path, String... headers) throws IOException {
        return ask("GET", path, headers);
    }

    private Answer ask(String method, String path, String... headers) throws IOException {
        String[] named =
                java.util.Arrays.stream(headers).filter(h -> !h.isEmpty()).toArray(String[]::new);
        return RawClient.ask(server.getPort(), method, path, named);
    }

    private static Map<String, String> without(Answer answer, String... names) {
        Map<String, String> rest = new TreeMap<>(answer.headers());
        List.of(names).forEach(rest::remove);
        return rest;
    }
}
