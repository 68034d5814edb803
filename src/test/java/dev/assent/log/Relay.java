// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.UnaryOperator;

/** A server that shows a log as another one does, but for one thing that it shows differently. */
final class Relay implements AutoCloseable {
    private final URI log;
    private final String where;
    private final UnaryOperator<byte[]> change;
    private final HttpServer server;

    /**
     * @param log ends in a slash
     * @param where how the paths begin, below {@code log}, whose content is changed
     */
    Relay(URI log, String where, UnaryOperator<byte[]> change) throws IOException {
        this.log = log;
        this.where = where;
        this.change = change;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(1);
        try (exchange;
                var served = log.resolve(path).toURL().openStream()) {
            byte[] bytes = served.readAllBytes();
            byte[] shown = path.startsWith(where) ? change.apply(bytes) : bytes;
            exchange.sendResponseHeaders(200, shown.length);
            exchange.getResponseBody().write(shown);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
