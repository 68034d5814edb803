// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connections to servers whose addresses somebody else chose, which must not lead where only this
 * machine can go (server-side request forgery). A name is resolved once; all its addresses must be
 * public, and the connection goes to one of these very addresses, whatever the name leads to a
 * moment later. The JDK's client resolves names itself, so this opens sockets of its own, with the
 * JDK's TLS.
 */
final class Outbound {
    private static final Duration CONNECT = Duration.ofSeconds(4);

    /** Below it only the web's own: nobody shall make us speak to other services. */
    private static final int FIRST_FREE_PORT = 1024;

    private Outbound() {}

    /**
     * How far one may go.
     *
     * @param anywhere whether private addresses will do too
     * @param setting by which whoever runs the service allows that
     */
    record Bounds(boolean anywhere, String setting) {
        /** For people, to whom it may be somebody else's service. */
        String whoCanWiden() {
            return "Only whoever runs this service can allow that, with " + setting + "=true.";
        }
    }

    /**
     * Opens a connection, with TLS where the address says {@code https}.
     *
     * @param address absolute, {@code http} or {@code https}, in ASCII
     * @param bounds whether private addresses will do too
     * @throws FetchException if it leads to what is not gone to, or nobody answers
     */
    static Socket open(URI address, Bounds bounds) throws FetchException, IOException {
        InetAddress[] found = resolve(address, bounds);
        boolean secure = isSecure(address);
        int port = port(address);
        Socket plain = connect(found, port);
        try {
            return secure ? secured(plain, address, port) : plain;
        } catch (IOException e) {
            close(plain);
            throw e;
        }
    }

    /** The value of {@code Host}. */
    static String host(URI address) {
        return address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    /** What stands after the method. */
    static String target(URI address) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }

    /**
     * Does {@code exchange} on a thread of its own, for at most {@code limit}.
     *
     * @throws FetchException if it takes longer or fails; says why for people
     */
    static <T> T within(Duration limit, Callable<T> exchange) throws FetchException {
        FutureTask<T> task = new FutureTask<>(exchange);
        Thread.ofVirtual().name("outbound").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // An interrupt closes the socket that a virtual thread waits on.
            task.cancel(true);
            throw new FetchException("There was no whole answer in time.");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new FetchException("It was broken off.");
        } catch (ExecutionException e) {
            throw reason(e.getCause());
        }
    }

    private static FetchException reason(@Nullable Throwable failure) {
        return switch (failure) {
            case FetchException said -> said;
            case UnknownHostException unknown -> new FetchException("Its name cannot be found.");
            case SSLException tls ->
                    new FetchException("It has no certificate that is valid for its name.");
            case IOException io -> new FetchException("It does not answer as a web server does.");
            case null, default -> throw new IllegalStateException("an exchange failed", failure);
        };
    }

    private static boolean isSecure(URI address) throws FetchException {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if (!secure && !scheme.equals("http")
                || address.getHost() == null
                || address.getUserInfo() != null) {
            throw new FetchException(
                    "It is not a web address: https://, a host, no name or password.");
        }
        return secure;
    }

    private static int port(URI address) throws FetchException {
        int port = address.getPort() < 0 ? (isSecure(address) ? 443 : 80) : address.getPort();
        if (port < FIRST_FREE_PORT && port != 80 && port != 443) {
            throw new FetchException("Its port is not one of the web’s.");
        }
        return port;
    }

    /**
     * Where an address leads to.
     *
     * @throws FetchException if it is no web address, or leads to what is not gone to
     */
    static InetAddress[] resolve(URI address, Bounds bounds) throws FetchException, IOException {
        port(address);
        InetAddress[] found = InetAddress.getAllByName(address.getHost());
        if (!bounds.anywhere() && !Arrays.stream(found).allMatch(PublicAddresses::contain)) {
            throw new FetchException(
                    "It leads to an address that is not public. " + bounds.whoCanWiden());
        }
        return found;
    }

    /** To the first that takes the connection. */
    private static Socket connect(InetAddress[] addresses, int port) throws FetchException {
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), (int) CONNECT.toMillis());
                return socket;
            } catch (IOException e) {
                close(socket);
            }
        }
        throw new FetchException("Nothing answers there.");
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }

    private static Socket secured(Socket plain, URI address, int port) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var socket = (SSLSocket) factory.createSocket(plain, address.getHost(), port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
