// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Refuses what a visitor sends, a choice for one, if it says that it is too large, before any of it
 * is read. What does not say is measured as it is read.
 */
@ServerFilter({
    "/v1/sites/*/consents",
    "/v1/sites/*/shown",
    "/v1/sites/*/undeclared",
    "/v1/visitors/*"
})
final class BodyLimit implements Ordered {
    private static final int MAX_BYTES = 8192;

    /** After the filters that put headers on the refusal, before any that reads the body. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 1;
    }

    /**
     * @throws ProblemException 413 for more than 8,192 bytes
     */
    @RequestFilter
    void check(HttpRequest<?> request) {
        if (request.getContentLength() > MAX_BYTES) {
            throw ProblemException.tooLarge(MAX_BYTES);
        }
    }
}
