// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.web.PublicUrl;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Whether a page of this very service sent a request, as the browser says: {@code Sec-Fetch-Site}
 * (W3C Fetch Metadata) where it sends that, else {@code Origin} (RFC 6454). A request that has
 * neither is refused: every browser sends one with a form.
 */
@Singleton
final class SameOrigin {
    private final PublicUrl publicUrl;

    SameOrigin(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    boolean sent(HttpRequest<?> request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        return origin != null && isOurs(origin, request.getHeaders().get(HttpHeaders.HOST));
    }

    /** Of the public address, or of the one that the request was sent to. */
    private boolean isOurs(String origin, @Nullable String host) {
        URI address = publicUrl.uri();
        String ours = address.getScheme() + "://" + address.getRawAuthority();
        return origin.equalsIgnoreCase(ours)
                || host != null
                        && (origin.equalsIgnoreCase("http://" + host)
                                || origin.equalsIgnoreCase("https://" + host));
    }
}
