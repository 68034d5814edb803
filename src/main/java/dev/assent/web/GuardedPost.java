// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Posts small bodies to addresses that somebody else chose, by {@link Outbound} connections: over
 * https alone, to public addresses alone, and following no redirect. {@code
 * ASSENT_WEBHOOK_PRIVATE=true} allows http and private addresses too, for an intranet.
 */
@Singleton
public final class GuardedPost {
    /** From resolving the name to the end of what is read of the answer. */
    public static final Duration LIMIT = Duration.ofSeconds(15);

    private static final int MAX_ANSWER = 2048;

    private final Outbound.Bounds bounds;
    private final Duration limit;

    @jakarta.inject.Inject
    GuardedPost(
            @Property(name = "assent.webhook-private", defaultValue = "false") boolean anywhere) {
        this(anywhere, LIMIT);
    }

    GuardedPost(boolean anywhere, Duration limit) {
        this.bounds = new Outbound.Bounds(anywhere, "ASSENT_WEBHOOK_PRIVATE");
        this.limit = limit;
    }

    /**
     * What was answered.
     *
     * @param status of HTTP, 200 to 999
     * @param text the beginning of the body, at most 2 KiB, read as UTF-8; not to be trusted
     */
    public record Answer(int status, String text) {}

    /** Whether http and private addresses will do. */
    public boolean goesAnywhere() {
        return bounds.anywhere();
    }

    /**
     * Returns if this may be posted to, as far as can be told without doing so.
     *
     * @throws FetchException if not; says why for people
     */
    public void check(URI address) throws FetchException {
        requireSecure(address);
        Outbound.within(
                limit,
                () -> {
                    Outbound.resolve(address, bounds);
                    return true;
                });
    }

    /**
     * Posts JSON.
     *
     * @param headers beside those that every request has; ASCII without line ends
     * @throws FetchException if there is no answer; says why for people
     */
    public Answer json(URI address, Map<String, String> headers, byte[] body)
            throws FetchException {
        requireSecure(address);
        return Outbound.within(limit, () -> send(address, headers, body));
    }

    private Answer send(URI address, Map<String, String> headers, byte[] body)
            throws FetchException, IOException {
        try (Socket socket = Outbound.open(address, bounds)) {
            var out = socket.getOutputStream();
            out.write(head(address, headers, body.length));
            out.write(body);
            out.flush();
            HttpAnswer answer = HttpAnswer.read(socket.getInputStream(), MAX_ANSWER);
            return new Answer(answer.status(), new String(answer.body(), UTF_8));
        }
    }

    private void requireSecure(URI address) throws FetchException {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!bounds.anywhere() && !scheme.equals("https")) {
            throw new FetchException("It must be an https address. " + bounds.whoCanWiden());
        }
    }

    private static byte[] head(URI address, Map<String, String> headers, int length) {
        var head = new StringBuilder();
        head.append("POST ").append(Outbound.target(address)).append(" HTTP/1.1\r\n");
        line(head, "Host", Outbound.host(address));
        line(head, "User-Agent", "assent-webhook");
        line(head, "Content-Type", "application/json");
        line(head, "Content-Length", Integer.toString(length));
        line(head, "Accept-Encoding", "identity");
        line(head, "Connection", "close");
        headers.forEach((name, value) -> line(head, name, value));
        return head.append("\r\n").toString().getBytes(US_ASCII);
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
