// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;

/**
 * Tells browsers what our pages may do: nothing but show themselves, with styles, scripts, pictures
 * and requests of this origin, in no frame. A page that needs more says so by setting the header
 * itself; what is set is left alone. Every answer says that its type is not to be guessed.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public final class SecurityHeaders implements Ordered {
    /** The policy of a page that sets none. */
    public static final String STRICT =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    private static final String NO_DEVICES =
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @ResponseFilter
    void secure(MutableHttpResponse<?> response) {
        MutableHttpHeaders headers = response.getHeaders();
        setIfAbsent(headers, "X-Content-Type-Options", "nosniff");
        if (isPage(response)) {
            setIfAbsent(headers, "Content-Security-Policy", STRICT);
            setIfAbsent(headers, "Referrer-Policy", "no-referrer");
            setIfAbsent(headers, "Permissions-Policy", NO_DEVICES);
            setIfAbsent(headers, "Cross-Origin-Opener-Policy", "same-origin");
        }
    }

    /** Where the answer names no type itself, that of its route will be written. */
    private static boolean isPage(MutableHttpResponse<?> response) {
        return response.getContentType()
                .map(SecurityHeaders::isHtml)
                .orElseGet(() ->
                        RouteAttributes.getRouteInfo(response).stream()
                                .flatMap(route -> route.getProduces().stream())
                                .anyMatch(SecurityHeaders::isHtml));
    }

    private static boolean isHtml(MediaType type) {
        return type.getName().equals(MediaType.TEXT_HTML);
    }

    private static void setIfAbsent(MutableHttpHeaders headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }
}
