// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Keeps what operators are shown, and that they are shown nothing, out of every cache. */
@ServerFilter({
    "/setup",
    "/signin",
    "/signin/**",
    "/signout",
    "/reset",
    "/reset/**",
    "/invitation",
    "/console",
    "/console/**"
})
final class ConsoleAnswers implements Ordered {

    /** Outermost, so that whatever another filter makes of an answer passes by here. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @ResponseFilter
    void keepOutOfCaches(MutableHttpResponse<?> response) {
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getHeaders().set("X-Robots-Tag", "noindex");
    }
}
