// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Keeps a link between whoever sent it and whoever got it: in no {@code Referer}, no search engine
 * and no cache. The token in its path is all it takes to come in.
 */
@ServerFilter("/audit/**")
final class GuestHeaders implements Ordered {
    /** Outermost, so that whatever another filter makes of an answer passes by here. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @ResponseFilter
    void keepPrivate(MutableHttpResponse<?> response) {
        MutableHttpHeaders headers = response.getHeaders();
        headers.set(HttpHeaders.CACHE_CONTROL, "private, no-store");
        headers.set("X-Robots-Tag", "noindex, nofollow");
        headers.set("Referrer-Policy", "no-referrer");
    }
}
