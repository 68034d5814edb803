// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import java.util.List;

/**
 * Lets pages of every origin read the public half, and read its errors: a widget that may not see a
 * 429 cannot keep to its {@code Retry-After}. Never with credentials; which origins may send
 * choices to a site is a matter of the site. The operators' half is for programs and has no such
 * header.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class CrossOrigin implements Ordered {
    private static final List<String> PUBLIC =
            List.of(
                    "/w/",
                    "/v1/sites/",
                    "/v1/consents/",
                    "/v1/visitors/",
                    "/v1/artefacts/",
                    "/log/");
    private static final String EVERY_ORIGIN = "*";
    private static final String EXPOSED = "ETag, Link, Location, Retry-After";
    private static final String A_DAY = "86400";

    /** Outermost: what any other filter answers passes by here. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    /** Answers a preflight, for any public path and whether there is such a path or not. */
    @PreMatching
    @RequestFilter
    @Nullable
    HttpResponse<?> preflight(HttpRequest<?> request) {
        if (request.getMethod() != HttpMethod.OPTIONS || !isPublic(request)) {
            return null;
        }
        return HttpResponse.noContent()
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, EVERY_ORIGIN)
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST")
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, If-None-Match")
                .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, A_DAY);
    }

    @ResponseFilter
    void open(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (isPublic(request)) {
            response.getHeaders().set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, EVERY_ORIGIN);
            if (!request.getPath().startsWith("/w/")) {
                response.getHeaders().set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
            }
        }
    }

    private static boolean isPublic(HttpRequest<?> request) {
        String path = request.getPath();
        for (String prefix : PUBLIC) {
            if (path.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
