// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Keeps what is said of a record, and that there is none, between this service and the reader: in
 * no shared cache, no search engine and no {@code Referer}. The id in the path is all it takes to
 * read a record.
 */
@ServerFilter({"/v1/consents/**", "/v1/visitors/**"})
final class RecordAnswers implements Ordered {

    /** Outermost, so that whatever another filter makes of an answer passes by here. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @ResponseFilter
    void keepPrivate(MutableHttpResponse<?> response) {
        MutableHttpHeaders headers = response.getHeaders();
        headers.set(HttpHeaders.CACHE_CONTROL, "private, no-store");
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        headers.set("X-Robots-Tag", "noindex");
        headers.set("Referrer-Policy", "no-referrer");
    }
}
