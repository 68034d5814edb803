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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches pages whose addresses somebody else chose, by {@link Outbound} connections. Every
 * redirect is held to the same rules.
 *
 * <p>{@code ASSENT_CHECK_PRIVATE=true} lets it go to private addresses too; without it that holds
 * only where the service's own public address is this very machine.
 */
@Singleton
public final class PageFetch {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_REDIRECTS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

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
        return Outbound.within(limit, () -> follow(address));
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
        try (Socket socket = Outbound.open(address, bounds())) {
            socket.getOutputStream().write(request(address));
            socket.getOutputStream().flush();
            return HttpAnswer.read(socket.getInputStream(), MAX_BYTES);
        }
    }

    private Outbound.Bounds bounds() {
        return new Outbound.Bounds(mayGoAnywhere(), "ASSENT_CHECK_PRIVATE");
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

    private static byte[] request(URI address) {
        return """
        GET %s HTTP/1.1
        Host: %s
        User-Agent: assent-check
        Accept: text/html
        Accept-Encoding: identity
        Connection: close

        """
                .formatted(Outbound.target(address), Outbound.host(address))
                .replace("\n", "\r\n")
                .getBytes(US_ASCII);
    }
}
