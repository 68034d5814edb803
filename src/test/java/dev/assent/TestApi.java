// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Speaks with a running service as an operator's program does. */
public final class TestApi {
    /** What {@code ASSENT_ADMIN_KEY} is in tests. */
    public static final String ADMIN_KEY = "the-admin-key-of-the-tests-0123456789";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI service;
    private final @Nullable String key;

    private TestApi(URI service, @Nullable String key) {
        this.service = service;
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
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create(service + path)).method(method, publisher);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
