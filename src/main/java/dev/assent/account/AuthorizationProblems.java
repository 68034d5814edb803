// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import dev.assent.web.Problem;
import dev.assent.web.ProblemType;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;

/** Answers who has no key (401) and whose key does not open this (403). */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class AuthorizationProblems
        implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {
    private static final Problem NO_KEY =
            ProblemType.NO_KEY.problem(
                    "Send a key that is not revoked as Authorization: Bearer KEY.");
    private static final Problem NO_SCOPE =
            ProblemType.NO_SCOPE.problem("This call takes a key with another scope.");

    @Override
    public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException exception) {
        Problem problem = exception.isForbidden() ? NO_SCOPE : NO_KEY;
        MutableHttpResponse<?> response =
                HttpResponse.status(HttpStatus.valueOf(problem.status()))
                        .body(problem)
                        .contentType(Problem.MEDIA_TYPE);
        return exception.isForbidden()
                ? response
                : response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"assent\"");
    }
}
