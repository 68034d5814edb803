// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Speaks with a running service as an operator's program does. */
public final class TestApi {
    /** What {@code ASSENT_ADMIN_KEY} is in tests. */
    public static final String ADMIN_KEY = "the-admin-key-of-the-tests-0123456789";

    private final URI service;
    private final Http http;
    private final @Nullable String key;

    private TestApi(URI service, @Nullable String key) {
        this.service = service;
        this.http = new Http(service);
        this.key = key;
    }

    /** With the key that opens everything of the first organization. */
    public static TestApi of(URI service) {
        return new TestApi(service, ADMIN_KEY);
    }

    /** Properties of a service that knows {@link #ADMIN_KEY}. */
    public static Map<String, String> properties() {
        Map<String, String> properties = TestServers.properties();
        properties.put("assent.admin-key", ADMIN_KEY);
        return properties;
    }

    public TestApi withKey(@Nullable String other) {
        return new TestApi(service, other);
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Answer send(String method, String path, @Nullable String body, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        if (body != null) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        if (key != null) {
            all.addAll(List.of("Authorization", "Bearer " + key));
        }
        return new Answer(
                http.send(method, path, body == null ? "" : body, all.toArray(String[]::new)));
    }

    /** That {@code answer} is a problem of this kind, in the only form there is. */
    public static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.body())
                .contains("\"type\":\"/problems/" + code + "\"", "\"status\":" + status);
    }

    /** An answer, read as strictly as we write. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonObject json() {
            return (JsonObject) value();
        }

        public String text(String... path) {
            try {
                return json().text(path);
            } catch (JsonException e) {
                throw new IllegalStateException(body(), e);
            }
        }

        /** The elements of an array that is the whole body. */
        public Stream<JsonObject> objects() {
            return ((JsonValue.Array) value()).values().stream().map(JsonObject.class::cast);
        }

        /** Where the faults are, in order. */
        public Stream<String> pointers() {
            try {
                return json().array("errors").stream()
                        .map(fault -> ((JsonObject) fault).find("pointer").orElseThrow())
                        .map(pointer -> ((JsonValue.Text) pointer).value());
            } catch (JsonException e) {
                throw new IllegalStateException(body(), e);
            }
        }

        private JsonValue value() {
            try {
                return CanonicalJson.parse(
                        body().getBytes(java.nio.charset.StandardCharsets.UTF_8), 4 << 20);
            } catch (JsonException e) {
                throw new IllegalStateException("not JSON of ours: " + body(), e);
            }
        }
    }
}
