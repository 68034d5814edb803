// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestServers;
import dev.assent.site.RawClient.Answer;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Requests for scripts that share a connection, or break it off. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptConnectionTest implements TestPropertyProvider {
    private final String url = TestServers.newDatabase();

    @Inject EmbeddedServer server;

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
    void pipelinedRequests_areAnsweredInOrder() throws Exception {
        String unseen = sites.newSiteWithScript();
        try (RawClient client = new RawClient(server.getPort())) {
            String hit = RawClient.request("GET", site.live());
            client.send(
                    hit
                            + RawClient.request("GET", "/w/" + unseen + ".js")
                            + hit
                            + RawClient.request("GET", "/w/unknown123.js")
                            + RawClient.request("HEAD", site.live())
                            + RawClient.request("GET", site.live(), "If-None-Match: *")
                            + hit);
            assertThat(client.receive(false).body()).isEqualTo(site.script().identity());
            assertThat(client.receive(false).text()).contains(unseen);
            assertThat(client.receive(false).body()).isEqualTo(site.script().identity());
            assertThat(client.receive(false).status()).isEqualTo(404);
            assertThat(client.receive(true).status()).isEqualTo(200);
            assertThat(client.receive(false).status()).isEqualTo(304);
            assertThat(client.receive(false).body()).isEqualTo(site.script().identity());
        }
    }

    @Test
    void manyPipelinedRequests_areAllAnswered() throws IOException {
        int many = 500;
        try (RawClient client = new RawClient(server.getPort())) {
            String hit = RawClient.request("GET", site.live(), "Accept-Encoding: gzip");
            String passedOn = RawClient.request("GET", site.live() + "?");
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
                    assertThat(client.receive(false).body()).isEqualTo(site.script().gzip());
                }
                assertThat(client.receive(false).body()).isEqualTo(site.script().identity());
            }
        }
    }

    @Test
    void requestWithABody_isAnsweredAndTheConnectionGoesOn() throws IOException {
        try (RawClient client = new RawClient(server.getPort())) {
            client.send(RawClient.request("GET", site.live(), "Content-Length: 5") + "hello");
            assertThat(client.receive(false).body()).isEqualTo(site.script().identity());
            client.send(
                    RawClient.request("GET", site.live(), "Transfer-Encoding: chunked")
                            + "5\r\nhello\r\n0\r\n\r\n"
                            + RawClient.request("GET", site.live()));
            assertThat(client.receive(false).body()).isEqualTo(site.script().identity());
            assertThat(client.receive(false).body()).isEqualTo(site.script().identity());
        }
    }

    @Test
    void expectation_isMetOrIgnored() throws IOException {
        try (RawClient client = new RawClient(server.getPort())) {
            client.send(RawClient.request("GET", site.live(), "Expect: 100-continue"));
            Answer answer = client.receive(false);
            Answer last = answer.status() == 100 ? client.receive(false) : answer;
            assertThat(last.body()).isEqualTo(site.script().identity());
            client.send(RawClient.request("GET", site.live()));
            assertThat(client.receive(false).body()).isEqualTo(site.script().identity());
        }
    }

    @Test
    void closingConnection_isClosedAfterTheAnswer() throws IOException {
        try (RawClient client = new RawClient(server.getPort())) {
            client.send(
                    RawClient.request("GET", site.live(), "Connection: close")
                            + RawClient.request("GET", site.live()));
            assertThat(client.receive(false).body()).isEqualTo(site.script().identity());
            assertThat(client.isClosedByServer()).isTrue();
        }
        try (RawClient client = new RawClient(server.getPort())) {
            client.send("GET " + site.live() + " HTTP/1.0\r\n\r\n");
            assertThat(client.receive(false).body()).isEqualTo(site.script().identity());
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void brokenRequest_isRefusedAndNotServed() throws IOException {
        try (RawClient client = new RawClient(server.getPort())) {
            client.send("GET " + site.live() + " HTTP/1.1\r\nHost: test\r\nbad header\r\n\r\n");
            assertThat(client.receive(false).status()).isEqualTo(400);
        }
    }
}
