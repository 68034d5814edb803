// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.web.Accept;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides between a record's forms before the router does. Three routes have the one path, and the
 * router refuses a request that several can answer, such as curl’s, which accepts anything.
 */
@ServerFilter("/v1/consents/*")
final class RecordNegotiation {
    private static final MediaType LINKED_DATA = MediaType.of("application/ld+json");

    @RequestFilter
    @PreMatching
    @Nullable MutableHttpRequest<?> choose(HttpRequest<?> request) {
        boolean reads =
                request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        if (!reads) {
            return null;
        }
        return form(request.accept()).map(form -> as(form, request)).orElse(null);
    }

    /**
     * The form that is wanted most, a page where it ties with linked data, and JSON where it ties
     * with either or nothing is asked for; empty if none of them would be taken.
     */
    static Optional<MediaType> form(Collection<MediaType> accepted) {
        double json = Accept.weight(accepted, MediaType.APPLICATION_JSON_TYPE);
        double page = Accept.weight(accepted, MediaType.TEXT_HTML_TYPE);
        double linked = Accept.weight(accepted, LINKED_DATA);
        if (page > json && page >= linked) {
            return Optional.of(MediaType.TEXT_HTML_TYPE);
        }
        if (linked > json) {
            return Optional.of(LINKED_DATA);
        }
        return json > 0 || accepted.isEmpty()
                ? Optional.of(MediaType.APPLICATION_JSON_TYPE)
                : Optional.empty();
    }

    private static MutableHttpRequest<?> as(MediaType type, HttpRequest<?> request) {
        MutableHttpRequest<?> chosen = request.mutate();
        chosen.getHeaders().remove(HttpHeaders.ACCEPT);
        return chosen.header(HttpHeaders.ACCEPT, type.getName());
    }
}
