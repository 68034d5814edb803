// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assent.note.AddCheckpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;

/** The witness on the network: {@code POST /add-checkpoint} and {@code GET /}. */
final class WitnessServer implements AutoCloseable {
    private static final int STOP_SECONDS = 3;

    /** Read by the JDK's server when its first one is made; what the caller has set stays. */
    private static final Map<String, String> LIMITS =
            Map.of(
                    "sun.net.httpserver.maxReqTime", "10", // seconds, against those who dawdle
                    "sun.net.httpserver.maxRspTime", "10",
                    "sun.net.httpserver.idleInterval", "60", // seconds; a log's client keeps 30
                    "sun.net.httpserver.nodelay", "true",
                    "jdk.httpserver.maxConnections", "1000");

    private final Witness witness;
    private final HttpServer server;
    private final PrintStream err;

    /**
     * Listens at once.
     *
     * @param err takes a line for each failure that is this machine's own
     */
    WitnessServer(Witness witness, InetSocketAddress address, PrintStream err) throws IOException {
        this.witness = witness;
        this.err = err;
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        this.server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** The port, also where 0 was asked for. */
    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = answer.body().getBytes(UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        return switch (exchange.getRequestURI().getPath()) {
            case "/add-checkpoint" ->
                    method.equals("POST") ? add(exchange) : notAllowed(exchange, "POST");
            case "/" ->
                    method.equals("GET") || method.equals("HEAD")
                            ? StatusPage.of(witness)
                            : notAllowed(exchange, "GET, HEAD");
            case null, default -> Answer.refused(404, "there is nothing here");
        };
    }

    private Answer add(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.MAX_BYTES + 1);
        if (body.length > AddCheckpoint.MAX_BYTES) {
            return Answer.refused(413, "a request has at most 64 KiB");
        }
        try {
            return witness.add(body);
        } catch (IOException e) {
            err.println("witness: cannot store a checkpoint, so it is not cosigned: " + e);
            return Answer.refused(500, "the checkpoint could not be stored");
        }
    }

    private static Answer notAllowed(HttpExchange exchange, String allowed) {
        exchange.getResponseHeaders().set("Allow", allowed);
        return Answer.refused(405, "here one may " + allowed);
    }

    /** Lets requests that are being answered end, for 3 seconds at most. */
    @Override
    public void close() {
        server.stop(STOP_SECONDS);
    }
}
