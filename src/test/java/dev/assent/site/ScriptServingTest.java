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

/** What a script is answered with: its headers, its codings, and what caches are told. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptServingTest implements TestPropertyProvider {
    private final String url = TestServers.newDatabase();

    @Inject EmbeddedServer server;
    @Inject MeterRegistry metrics;

    private TestScripts sites;
    private ServedSite site;

    @Override
    public Map<String, String> getProperties() {
        return TestServers.properties(url);
    }

    @BeforeAll
    void publish() throws SQLException, IOException {
        sites = new TestScripts(url);
        site = ServedSite.publish(server.getPort(), sites);
    }

    @Test
    void headers_areTheseAndNoOthers() throws IOException {
        Answer answer = site.get(site.live());
        assertThat(without(answer, "date"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "content-type", "text/javascript; charset=utf-8",
                                "content-length", Integer.toString(site.script().identity().length),
                                "etag", site.etag(),
                                "cache-control",
                                        "public, max-age=300, stale-while-revalidate=86400,"
                                                + " stale-if-error=604800",
                                "vary", "accept-encoding",
                                "access-control-allow-origin", "*",
                                "cross-origin-resource-policy", "cross-origin",
                                "timing-allow-origin", "*",
                                "x-content-type-options", "nosniff"));
        assertThat(answer.header("date")).matches("\\w{3}, \\d\\d \\w{3} \\d{4} [0-9:]{8} GMT");
        assertThat(answer.body()).isEqualTo(site.script().identity());
    }

    /** A closing connection is answered by the controller. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Accept-Encoding: br", "Accept-Encoding: gzip", "If-None-Match: *"})
    void slowWay_answersTheSame(String header) throws IOException {
        for (String path : List.of(site.live(), site.byHash())) {
            for (String method : List.of("GET", "HEAD")) {
                Answer fast = site.ask(method, path, header);
                Answer slow = site.ask(method, path, header, "Connection: close");
                assertThat(slow.header("connection")).isEqualTo("close");
                assertThat(without(slow, "date", "connection")).isEqualTo(without(fast, "date"));
                assertThat(slow.status()).isEqualTo(fast.status());
                assertThat(slow.body()).isEqualTo(fast.body());
            }
        }
    }

    @Test
    void contentAddressedForm_isTheSameForAYear() throws IOException {
        Answer plain = site.get(site.live(), "Accept-Encoding: br");
        Answer named = site.get(site.byHash(), "Accept-Encoding: br");
        assertThat(named.body()).isEqualTo(plain.body());
        assertThat(named.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(without(named, "date", "cache-control"))
                .isEqualTo(without(plain, "date", "cache-control"));
    }

    @Test
    void earlierVersion_isServedByItsHashOnly() throws Exception {
        String siteKey = sites.newSite();
        SiteScript first = sites.publish(siteKey, 1, TestScripts.LONG_AGO);
        SiteScript second = sites.publish(siteKey, 2, TestScripts.LONG_AGO);
        for (int i = 0; i < 2; i++) {
            assertThat(site.get("/w/" + siteKey + ".js").body()).isEqualTo(second.identity());
            assertThat(site.get("/w/" + siteKey + "/" + first.sha256() + ".js").body())
                    .isEqualTo(first.identity());
        }
    }

    @Test
    void encodings_holdTheSameScript() throws IOException {
        Answer brotli = site.get(site.live(), "Accept-Encoding: gzip, deflate, br, zstd");
        assertThat(brotli.header("content-encoding")).isEqualTo("br");
        assertThat(Decoder.decompress(brotli.body()).getDecompressedData())
                .isEqualTo(site.script().identity());
        Answer gzip = site.get(site.live(), "Accept-Encoding: gzip");
        assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo(site.script().identity());
        assertThat(List.of(brotli.header("etag"), gzip.header("etag"), site.etag()))
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
                    site.get(
                            site.live(),
                            "Accept-Encoding: " + accepted,
                            "Connection: " + connection);
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
        String value = header.replace("ETAG", site.etag());
        for (String connection : List.of("keep-alive", "close")) {
            Answer answer =
                    site.get(site.live(), "If-None-Match: " + value, "Connection: " + connection);
            assertThat(answer.status()).as(value).isEqualTo(status);
        }
    }

    @Test
    void notModified_hasTheHeadersThatCachesRenew() throws IOException {
        Answer held = site.get(site.live(), "If-None-Match: " + site.etag());
        assertThat(held.headers())
                .doesNotContainKeys("content-type", "content-length", "content-encoding");
        assertThat(without(held, "date"))
                .isEqualTo(
                        without(site.get(site.live()), "date", "content-type", "content-length"));
    }

    @Test
    void oneEncodingsTag_isNotAnothers() throws IOException {
        String brotli = site.get(site.live(), "Accept-Encoding: br").header("etag");
        assertThat(
                        site.get(site.live(), "Accept-Encoding: br", "If-None-Match: " + brotli)
                                .status())
                .isEqualTo(304);
        assertThat(
                        site.get(site.live(), "Accept-Encoding: gzip", "If-None-Match: " + brotli)
                                .status())
                .isEqualTo(200);
    }

    @Test
    void head_hasTheHeadersOfGet() throws IOException {
        Answer head = site.ask("HEAD", site.live(), "Accept-Encoding: br");
        assertThat(head.status()).isEqualTo(200);
        assertThat(without(head, "date"))
                .isEqualTo(without(site.get(site.live(), "Accept-Encoding: br"), "date"));
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
            Answer answer = site.get(path, "Origin: https://shop.example");
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
        assertThat(site.get("/w/" + other + "/" + site.script().sha256() + ".js").status())
                .isEqualTo(404);
        Hash scheduled =
                sites.publish(other, 2, TestScripts.LONG_AGO.plusSeconds(4_000_000_000L)).sha256();
        assertThat(site.get("/w/" + other + "/" + scheduled + ".js").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void otherMethods_areNotAllowed(String method) throws IOException {
        Answer answer = site.ask(method, site.live(), "Content-Length: 0");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).contains("GET").contains("HEAD");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    }

    @Test
    void query_changesNothing() throws IOException {
        assertThat(site.get(site.live() + "?v=3").body()).isEqualTo(site.script().identity());
    }

    @Test
    void requests_areCounted() throws IOException {
        double ok = count("200");
        double notModified = count("304");
        double missed = count("miss");
        site.get(site.live());
        site.get(site.live(), "Connection: close");
        site.get(site.live(), "If-None-Match: *");
        site.get("/w/unknown999.js");
        assertThat(count("200") - ok).isEqualTo(2);
        assertThat(count("304") - notModified).isEqualTo(1);
        assertThat(count("miss") - missed).isEqualTo(1);
        assertThat(site.get("/prometheus").text())
                .contains("assent_script_requests_total{result=\"304\"}");
    }

    private double count(String result) {
        return metrics.counter("assent.script.requests", "result", result).count();
    }

    private static Map<String, String> without(Answer answer, String... names) {
        Map<String, String> rest = new TreeMap<>(answer.headers());
        List.of(names).forEach(rest::remove);
        return rest;
    }
}
