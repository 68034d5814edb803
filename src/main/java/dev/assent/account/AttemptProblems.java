// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.web.Problem;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers an attempt that came too soon, where no page does. */
@Singleton
final class AttemptProblems implements ExceptionHandler<TooManyAttempts, HttpResponse<?>> {
    private final ExceptionHandler<ProblemException, HttpResponse<Problem>> problems;

    AttemptProblems(ExceptionHandler<ProblemException, HttpResponse<Problem>> problems) {
        this.problems = problems;
    }

    @Override
    public HttpResponse<?> handle(HttpRequest request, TooManyAttempts attempt) {
        return problems.handle(request, ProblemException.tooManyAttempts(attempt.retryAfter()));
    }
}
