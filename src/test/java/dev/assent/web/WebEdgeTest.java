// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.TestServers;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebEdgeTest implements TestPropertyProvider {
    private static final String SPEC = "WebEdgeTest";
    private static final String CHOICES = "/v1/sites/unknown123/consents";

    private final HttpClient client = HttpClient.newHttpClient();

    @Inject EmbeddedServer server;

    @Override
    public Map<String, String> getProperties() {
        Map<String, String> properties = new HashMap<>(TestServers.properties());
        properties.put("assent.rate-limit", "3");
        properties.put("assent.trusted-proxies", "192.0.2.0/24, 127.0.0.0/8");
        properties.put("spec.name", SPEC);
        return properties;
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /w/unknown123.js, 404",
        "POST, /w/unknown123.js, 405",
        "GET,  /v1/sites/unknown123/declaration, 404",
        "GET,  /v1/consents/no-such-id, 404",
        "GET,  /v1/artefacts/zzz, 404",
        "GET,  /v1/visitors/history, 405",
        "GET,  /log/no-such-thing, 404",
    })
    void publicErrors_areReadableFromEveryOrigin(String method, String path, int status)
            throws Exception {
        var answer = send(request(path).method(method, BodyPublishers.noBody()));
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        if (answer.statusCode() != 405) {
            assertThat(answer.statusCode()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/w/any1234567.js", CHOICES, "/v1/consents/x", "/v1/visitors/erase"})
    void preflight_isAnsweredForADay(String path) throws Exception {
        var answer =
                send(
                        request(path)
                                .method("OPTIONS", BodyPublishers.noBody())
                                .header("Access-Control-Request-Method", "POST")
                                .header("Access-Control-Request-Headers", "content-type"));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().map())
                .containsEntry("access-control-allow-origin", java.util.List.of("*"))
                .containsEntry("access-control-max-age", java.util.List.of("86400"))
                .containsEntry("access-control-allow-methods", java.util.List.of("GET, HEAD, POST"))
                .doesNotContainKey("access-control-allow-credentials");
    }

    @Test
    void operatorsHalf_isNotForPages() throws Exception {
        for (String method : new String[] {"GET", "OPTIONS"}) {
            var answer =
                    send(
                            request("/v1/admin/sites")
                                    .method(method, BodyPublishers.noBody())
                                    .header("Access-Control-Request-Method", "GET"));
            assertThat(answer.statusCode()).isBetween(400, 499);
            assertThat(answer.headers().map().keySet())
                    .noneMatch(name -> name.startsWith("access-control-"));
        }
    }

    @Test
    void tooLargeAChoice_isRefusedBeforeItIsSent() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST "
                                    + CHOICES
                                    + " HTTP/1.1\r\nHost: test\r\nOrigin: https://shop.example\r\n"
                                    + "Content-Type: application/json\r\n"
                                    + "Content-Length: 8193\r\nExpect: 100-continue\r\n\r\n")
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String head = new String(in.readNBytes(12), java.nio.charset.StandardCharsets.US_ASCII);
            assertThat(head).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void tooLargeAChoice_saysSoToThePage() throws Exception {
        var answer =
                send(
                        request(CHOICES)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(new byte[8193])));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(answer.body()).contains("\"status\":413");
    }

    @Test
    void fourthChoiceOfANetwork_isTooMany() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(choiceFrom("198.51.100." + i).statusCode()).isNotEqualTo(429);
        }
        var refused = choiceFrom("203.0.113.1, 198.51.100.99");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 20L);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(refused.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
                .contains("Retry-After");
        assertThat(choiceFrom("203.0.113.1").statusCode()).isNotEqualTo(429);
    }

    @ParameterizedTest
    @CsvSource({"/v1/visitors/erase, 198.51.101.7", "/v1/visitors/history, 198.51.102.7"})
    void visitorsRequests_countAsChoicesDo(String path, String address) throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(postFrom(path, address).statusCode()).isEqualTo(422);
        }
        assertThat(postFrom(path, address).statusCode()).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/readiness", "/health/liveness"})
    void health_isUpWithoutDetails(String path) throws Exception {
        var answer = send(request(path).GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"UP\"").doesNotContain("jdbc", "127.0.0.1");
    }

    @Test
    void metrics_carryNoVisitor() throws Exception {
        choiceFrom("198.18.77.5");
        var answer = send(request("/prometheus").GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("assent_script_requests_total")
                .doesNotContain("198.18.77", "unknown123", "shop.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PUT", "POST", "OPTIONS", "MKCOL"})
    void file_isOnlyRead(String method) throws Exception {
        String file = "/assets/mark.svg";
        var refused = send(request(file).method(method, BodyPublishers.ofString("x")));
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(refused.body()).contains("/problems/method-not-allowed").doesNotContain("<svg");
        assertThat(send(request(file).GET()).statusCode()).isEqualTo(200);
        assertThat(send(request(file).HEAD()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /v1/consents/secret-id, 405",
        "GET,    /test/number/secret-id, 400",
        "GET,    /secret-id, 404",
    })
    void errors_doNotRepeatWhatWasSent(String method, String path, int status) throws Exception {
        var answer = send(request(path).method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .contains("\"detail\":\"")
                .doesNotContain("secret-id", "argument", "convert", "java");
    }

    @Test
    void page_mayDoNothingUnasked() throws Exception {
        var headers = send(request("/test/page").GET()).headers();
        assertThat(headers.firstValue("Content-Security-Policy")).hasValue(SecurityHeaders.STRICT);
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("Permissions-Policy").orElse("")).contains("camera=()");
    }

    @Test
    void page_mayNameAPolicyOfItsOwn() throws Exception {
        var headers = send(request("/test/own").GET()).headers();
        assertThat(headers.allValues("Content-Security-Policy"))
                .containsExactly("default-src 'self'");
    }

    @Controller("/test")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @Requires(property = "spec.name", value = SPEC)
    static class Pages {
        @Get("/page")
        @Produces(MediaType.TEXT_HTML)
        String page() {
            return "<!doctype html>";
        }

        @Get("/number/{id}")
        String number(long id) {
            return Long.toString(id);
        }

        @Get("/own")
        @Produces(MediaType.TEXT_HTML)
        HttpResponse<String> own() {
            return HttpResponse.ok("<!doctype html>")
                    .header("Content-Security-Policy", "default-src 'self'");
        }
    }

    private java.net.http.HttpResponse<String> choiceFrom(String forwardedFor) throws Exception {
        return postFrom(CHOICES, forwardedFor);
    }

    private java.net.http.HttpResponse<String> postFrom(String path, String forwardedFor)
            throws Exception {
        return send(
                request(path)
                        .header("Content-Type", "text/plain")
                        .header("X-Forwarded-For", forwardedFor)
                        .POST(BodyPublishers.ofString("{}")));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.getPort() + path))
                .header(HttpHeaders.ORIGIN, "https://shop.example");
    }

    private java.net.http.HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
