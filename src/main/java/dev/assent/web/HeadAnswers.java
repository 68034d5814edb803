// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;

/**
 * Names the type that {@code GET} would have in the answer to {@code HEAD} (RFC 9110 §9.3.2). The
 * framework takes it from the route only where it writes a body, and here it has put that aside.
 */
@ServerFilter(value = ServerFilter.MATCH_ALL_PATTERN, methods = HttpMethod.HEAD)
final class HeadAnswers {

    @ResponseFilter
    void nameType(MutableHttpResponse<?> response) {
        if (response.getContentType().isEmpty()
                && RouteAttributes.getHeadBody(response).isPresent()) {
            RouteAttributes.getRouteInfo(response).stream()
                    .flatMap(route -> route.getProduces().stream())
                    .findFirst()
                    .ifPresent(response::contentType);
        }
    }
}
