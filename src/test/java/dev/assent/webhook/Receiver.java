// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An owner's own system: takes what is posted, keeps it, and answers what the test wants. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Received> all = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private volatile String words = "no <b>\u202e\u0007thanks</b>\n";

    private Receiver(HttpServer server) {
        this.server = server;
    }

    /** A message as it arrived. */
    public record Received(String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }

        JsonObject json() {
            try {
                return CanonicalJson.parseObject(body.getBytes(UTF_8), 4096);
            } catch (JsonException e) {
                throw new IllegalStateException(body, e);
            }
        }

        String type() {
            return text("type");
        }

        String text(String... path) {
            try {
                return json().text(path);
            } catch (JsonException e) {
                throw new IllegalStateException(body, e);
            }
        }
    }

    public static Receiver start() throws IOException {
        var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var receiver = new Receiver(HttpServer.create(local, 0));
        receiver.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.server.createContext("/", receiver::take);
        receiver.server.start();
        return receiver;
    }

    /** The address of {@code path}, which begins with a slash. */
    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** From now on {@code path} answers {@code status}; until it is said, 204. */
    public void answer(String path, int status) {
        answers.put(path, status);
    }

    /** From now on this is the body of answers but 204. */
    public void say(String other) {
        words = other;
    }

    public List<Received> at(String path) {
        return all.stream().filter(received -> received.path().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        all.add(
                new Received(
                        path, Map.copyOf(exchange.getRequestHeaders()), new String(body, UTF_8)));
        int status = answers.getOrDefault(path, 204);
        if (status / 100 == 3) {
            exchange.getResponseHeaders().set("Location", url("/elsewhere"));
        }
        byte[] said = words.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, status == 204 ? -1 : said.length);
        if (status != 204) {
            exchange.getResponseBody().write(said);
        }
        exchange.close();
    }
}
