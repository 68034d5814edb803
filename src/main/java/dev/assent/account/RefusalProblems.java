// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.web.Problem;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.List;

/** Answers a refusal with 422 and its reason, where no page shows it beside its field. */
@Singleton
final class RefusalProblems implements ExceptionHandler<Refusal, HttpResponse<?>> {
    private final ExceptionHandler<ProblemException, HttpResponse<Problem>> problems;

    RefusalProblems(ExceptionHandler<ProblemException, HttpResponse<Problem>> problems) {
        this.problems = problems;
    }

    @Override
    public HttpResponse<?> handle(HttpRequest request, Refusal refusal) {
        String pointer = refusal.field().isEmpty() ? "" : "/" + refusal.field();
        var fault = new Problem.Fault(pointer, refusal.reason());
        Problem problem = ProblemException.unacceptable("form", List.of(fault)).problem();
        return problems.handle(
                request,
                ProblemException.of(
                        new Problem(
                                problem.type(),
                                problem.title(),
                                problem.status(),
                                refusal.reason(),
                                problem.errors())));
    }
}
