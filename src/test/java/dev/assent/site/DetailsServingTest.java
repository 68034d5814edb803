// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.Decoder;
import dev.assent.TestDatabase;
import dev.assent.TestServers;
import dev.assent.merkle.Hash;
import dev.assent.site.RawClient.Answer;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the widget that is loaded later, of this program's build and of earlier ones. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DetailsServingTest implements TestPropertyProvider {
    private final String url = TestServers.newDatabase();

    @Inject EmbeddedServer server;
    @Inject PackedWidget widget;

    @Override
    public Map<String, String> getProperties() {
        return TestServers.properties(url);
    }

    @Test
    void packedPart_isServedBeforeAnythingIsPublished() throws IOException {
        Answer answer = get(path(widget.details().sha256()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(widget.details().script());
        assertThat(answer.headers())
                .containsEntry("content-type", "text/javascript; charset=utf-8")
                .containsEntry("cache-control", "public, max-age=31536000, immutable")
                .containsEntry("access-control-allow-origin", "*")
                .containsEntry("cross-origin-resource-policy", "cross-origin")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("vary", "accept-encoding");
    }

    @Test
    void earlierBuildsPart_isServedAfterTheProgramWasUpgraded() throws Exception {
        byte[] earlier = "tellMore('earlier')".getBytes(UTF_8);
        String path = path(Hash.of(earlier));
        assertThat(get(path).status()).isEqualTo(404);
        insert(earlier);
        assertThat(get(path).body()).isEqualTo(earlier);
        assertThat(get(path).body()).isEqualTo(earlier);
    }

    @Test
    void encodings_holdTheSamePart() throws IOException {
        String path = path(widget.details().sha256());
        Answer brotli = get(path, "Accept-Encoding: gzip, br");
        assertThat(brotli.header("content-encoding")).isEqualTo("br");
        assertThat(Decoder.decompress(brotli.body()).getDecompressedData())
                .isEqualTo(widget.details().script());
        Answer gzip = get(path, "Accept-Encoding: gzip");
        assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo(widget.details().script());
        assertThat(gzip.header("etag")).isNotEqualTo(brotli.header("etag"));
    }

    @Test
    void heldPart_isNotSentAgain() throws IOException {
        String path = path(widget.details().sha256());
        Answer first = get(path, "Accept-Encoding: br");
        String held = "If-None-Match: " + first.header("etag");
        assertThat(get(path, "Accept-Encoding: br", held).status()).isEqualTo(304);
        Answer head = RawClient.ask(server.getPort(), "HEAD", path, "Accept-Encoding: br");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-length")).isEqualTo(first.header("content-length"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/w/details/0000000000000000000000000000000000000000000000000000000000000000.js",
                "/w/details/xyz.js",
                "/w/details/..%2f..%2fetc.js",
                "/w/details/.js",
                "/w/details.js",
            })
    void unknownPart_isAProblem(String path) throws IOException {
        Answer answer = get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    }

    private Answer get(String path, String... headers) throws IOException {
        return RawClient.get(server.getPort(), path, headers);
    }

    private static String path(Hash part) {
        return "/w/details/" + part + ".js";
    }

    private void insert(byte[] build) throws SQLException {
        new TestDatabase(url)
                .execute(
                        "insert into widget_build values (?, ?, now())",
                        Hash.of(build).bytes(),
                        build);
    }
}
