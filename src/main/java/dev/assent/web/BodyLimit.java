// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Refuses a choice that says it is too large before any of it is read. One that does not say is
 * measured as it is read.
 */
@ServerFilter("/v1/sites/*/consents")
final class BodyLimit implements Ordered {
    private static final int MAX_CHOICE_BYTES = 8192;

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
        if (request.getContentLength() > MAX_CHOICE_BYTES) {
            throw ProblemException.tooLarge(MAX_CHOICE_BYTES);
        }
    }
}
