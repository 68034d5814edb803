// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.Decoder;
import dev.assent.TestApi;
import dev.assent.TestServers;
import dev.assent.TestSite;
import dev.assent.merkle.Hash;
import dev.assent.site.RawClient.Answer;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Artefacts as the widget's second part reads them in a visitor's browser. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArtefactServingTest implements TestPropertyProvider {
    @Inject EmbeddedServer server;

    @Property(name = "assent.database.url")
    String url;

    private String sha256;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeAll
    void publish() {
        sha256 = TestSite.publish(server.getURI()).sha256();
    }

    @Test
    void everyOrigin_mayReadAndKeepIt() throws IOException {
        Answer answer = fetch("Origin: https://shop.example");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("access-control-allow-origin", "*")
                .containsEntry("cache-control", "public, max-age=31536000, immutable")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("vary", "accept-encoding")
                .doesNotContainKeys("access-control-allow-credentials", "content-encoding");
    }

    @Test
    void everyEncoding_holdsTheStoredBytes() throws Exception {
        byte[] stored = stored();
        assertThat(Hash.of(stored).hex()).isEqualTo(sha256);
        for (int i = 0; i < 2; i++) {
            assertThat(fetch().body()).isEqualTo(stored);
            Answer brotli = fetch("Accept-Encoding: gzip, deflate, br");
            assertThat(brotli.header("content-encoding")).isEqualTo("br");
            assertThat(brotli.body()).hasSizeLessThan(stored.length / 2);
            assertThat(Decoder.decompress(brotli.body()).getDecompressedData()).isEqualTo(stored);
            Answer gzip = fetch("Accept-Encoding: gzip");
            assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                    .isEqualTo(stored);
        }
    }

    @Test
    void heldEncoding_isNotSentAgain() throws IOException {
        String plain = fetch().header("etag");
        String brotli = fetch("Accept-Encoding: br").header("etag");
        assertThat(plain).isEqualTo("\"" + sha256 + "\"").isNotEqualTo(brotli);
        Answer held = fetch("Accept-Encoding: br", "If-None-Match: W/\"x\", " + brotli);
        assertThat(held.status()).isEqualTo(304);
        assertThat(held.header("etag")).isEqualTo(brotli);
        assertThat(held.headers()).doesNotContainKey("content-encoding");
        assertThat(fetch("Accept-Encoding: br", "If-None-Match: " + plain).status()).isEqualTo(200);
    }

    @Test
    void head_hasTheHeadersOfGet() throws IOException {
        Answer get = fetch("Accept-Encoding: br");
        Answer head = RawClient.ask(server.getPort(), "HEAD", path(), "Accept-Encoding: br");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("etag")).isEqualTo(get.header("etag"));
        assertThat(head.header("content-type")).isEqualTo("application/json");
    }

    private String path() {
        return "/v1/artefacts/" + sha256;
    }

    private Answer fetch(String... headers) throws IOException {
        return RawClient.get(server.getPort(), path(), headers);
    }

    private byte[] stored() throws SQLException {
        try (var connection = TestServers.connect(url);
                var statement =
                        connection.prepareStatement(
                                "select document from artefact where sha256 = decode(?, 'hex')")) {
            statement.setString(1, sha256);
            var row = statement.executeQuery();
            row.next();
            return row.getBytes(1);
        }
    }
}
