// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import org.jspecify.annotations.Nullable;

/**
 * Decides between a record's forms before the router does. Two routes have the one path, and the
 * router refuses a request that both can answer, such as curl’s, which accepts anything.
 */
@ServerFilter("/v1/consents/*")
final class RecordNegotiation {

    @RequestFilter
    @PreMatching
    @Nullable MutableHttpRequest<?> choose(HttpRequest<?> request) {
        boolean reads =
                request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        if (!reads) {
            return null;
        }
        if (Accept.prefersPage(request)) {
            return as(MediaType.TEXT_HTML, request);
        }
        boolean takesJson =
                request.accept().isEmpty()
                        || Accept.weight(request.accept(), MediaType.APPLICATION_JSON_TYPE) > 0;
        return takesJson ? as(MediaType.APPLICATION_JSON, request) : null;
    }

    private static MutableHttpRequest<?> as(String type, HttpRequest<?> request) {
        MutableHttpRequest<?> chosen = request.mutate();
        chosen.getHeaders().remove(HttpHeaders.ACCEPT);
        return chosen.header(HttpHeaders.ACCEPT, type);
    }
}
