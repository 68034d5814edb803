// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Fetches pages whose addresses somebody else chose, without being led where only this machine can
 * go (server-side request forgery). A name is resolved once; all its addresses must be public, and
 * the connection goes to one of these very addresses, whatever the name leads to a moment later.
 * Every redirect is held to the same. The JDK's client resolves names itself, so this speaks
 * HTTP/1.1 over a socket of its own, with the JDK's TLS.
 *
 * <p>{@code ASSENT_CHECK_PRIVATE=true} lets it go to private addresses too; without it that holds
 * only where the service's own public address is this very machine.
 */
@Singleton
public final class PageFetch {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_REDIRECTS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration CONNECT = Duration.ofSeconds(4);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** Below it only the web's own: nobody shall make us speak to other services. */
    private static final int FIRST_FREE_PORT = 1024;

    private final @Nullable Boolean anywhere;
    private final PublicUrl publicUrl;
    private final Duration limit;

    @jakarta.inject.Inject
    PageFetch(
            @Nullable @Property(name = "assent.check-private") Boolean anywhere,
            PublicUrl publicUrl) {
        this(anywhere, publicUrl, LIMIT);
    }

    /**
     * @param limit from resolving the name to the last byte, all redirects included
     */
    PageFetch(@Nullable Boolean anywhere, PublicUrl publicUrl, Duration limit) {
        this.anywhere = anywhere;
        this.publicUrl = publicUrl;
        this.limit = limit;
    }

    /**
     * What was answered.
     *
     * @param address of the page itself, after redirects
     * @param text at most 1 MiB, read as UTF-8
     */
    public record Page(URI address, int status, String text) {}

    /**
     * Fetches a page within ten seconds, following at most three redirects.
     *
     * @param address absolute, {@code http} or {@code https}, in ASCII
     */
    public Page get(URI address) throws FetchException {
        FutureTask<Page> task = new FutureTask<>(() -> follow(address));
        Thread.ofVirtual().name("page-fetch").start(task);
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
            case null, default -> throw new IllegalStateException("cannot fetch a page", failure);
        };
    }

    private Page follow(URI address) throws FetchException, IOException {
        URI here = address;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpAnswer answer = send(here);
            String location = answer.header("location");
            if (!REDIRECTS.contains(answer.status()) || location == null) {
                return new Page(here, answer.status(), new String(answer.body(), UTF_8));
            }
            here = resolve(here, location);
        }
        throw new FetchException("It redirects more than three times.");
    }

    private static URI resolve(URI here, String location) throws FetchException {
        try {
            return URI.create(here.resolve(location).toASCIIString());
        } catch (IllegalArgumentException e) {
            throw new FetchException("It redirects to what is no address.");
        }
    }

    private HttpAnswer send(URI address) throws FetchException, IOException {
        boolean secure = isSecure(address);
        int port = address.getPort() < 0 ? (secure ? 443 : 80) : address.getPort();
        if (port < FIRST_FREE_PORT && port != 80 && port != 443) {
            throw new FetchException("Its port is not one of the web’s.");
        }
        try (Socket plain = connect(resolve(address), port);
                Socket socket = secure ? secured(plain, address, port) : plain) {
            socket.getOutputStream().write(request(address));
            socket.getOutputStream().flush();
            return HttpAnswer.read(socket.getInputStream(), MAX_BYTES);
        }
    }

    private static boolean isSecure(URI address) throws FetchException {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if (!secure && !scheme.equals("http")
                || address.getHost() == null
                || address.getUserInfo() != null) {
            throw new FetchException("It leads to what is no web address.");
        }
        return secure;
    }

    private InetAddress[] resolve(URI address) throws FetchException, IOException {
        InetAddress[] found = InetAddress.getAllByName(address.getHost());
        if (!mayGoAnywhere() && !Arrays.stream(found).allMatch(PublicAddresses::contain)) {
            throw new FetchException(
                    "It leads to an address that is not public, and this service goes to none of"
                            + " these.");
        }
        return found;
    }

    private boolean mayGoAnywhere() {
        if (anywhere != null) {
            return anywhere;
        }
        String own = publicUrl.uri().getHost();
        return own.equals("localhost")
                || own.endsWith(".localhost")
                || own.equals("[::1]")
                || own.matches("127(\\.[0-9]{1,3}){3}");
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
            // It never was open.
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

    private static byte[] request(URI address) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        String host = address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
        return """
        GET %s HTTP/1.1
        Host: %s
        User-Agent: assent-check
        Accept: text/html
        Accept-Encoding: identity
        Connection: close

        """
                .formatted(path + query, host)
                .replace("\n", "\r\n")
                .getBytes(US_ASCII);
    }
}
