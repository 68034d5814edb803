// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers whatever nobody else answers: 503 with {@code Retry-After} where the database is out of
 * reach, 500 where the fault is ours. The log names the failure; the answer does not.
 */
@Singleton
final class FailureHandler implements ExceptionHandler<RuntimeException, HttpResponse<Problem>> {
    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

    private final ProblemHandler problems;

    FailureHandler(ProblemHandler problems) {
        this.problems = problems;
    }

    @Override
    public HttpResponse<Problem> handle(HttpRequest request, RuntimeException failure) {
        if (DatabaseTrouble.isOutOfReach(failure)) {
            LOG.warn("the database is out of reach: {}", failure.getMessage());
            return problems.handle(request, DatabaseTrouble.asProblem());
        }
        LOG.error("a request failed through a fault of ours", failure);
        return HttpResponse.<Problem>status(HttpStatus.INTERNAL_SERVER_ERROR)
                .body(ProblemType.INTERNAL.problem("The service could not answer."))
                .contentType(Problem.MEDIA_TYPE);
    }
}
