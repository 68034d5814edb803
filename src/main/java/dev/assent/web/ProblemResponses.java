// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/**
 * Turns every error answer of the framework (unknown path, wrong method, wrong media type, too
 * large, unreadable) into a {@link Problem}, so that there is one form of error and no other.
 */
@Singleton
final class ProblemResponses implements ErrorResponseProcessor<Problem> {

    @Override
    public MutableHttpResponse<Problem> processResponse(
            ErrorContext context, MutableHttpResponse<?> base) {
        HttpStatus status = base.status();
        return base.body(problem(status, detail(context, status))).contentType(Problem.MEDIA_TYPE);
    }

    private static Problem problem(HttpStatus status, String detail) {
        return switch (status) {
            case BAD_REQUEST -> ProblemType.MALFORMED.problem(detail);
            case NOT_FOUND -> ProblemType.NOT_FOUND.problem("There is nothing under this address.");
            case METHOD_NOT_ALLOWED -> ProblemType.METHOD_NOT_ALLOWED.problem(detail);
            case NOT_ACCEPTABLE -> ProblemType.NOT_ACCEPTABLE.problem(detail);
            case REQUEST_ENTITY_TOO_LARGE -> ProblemType.TOO_LARGE.problem(detail);
            case UNSUPPORTED_MEDIA_TYPE -> ProblemType.UNSUPPORTED_MEDIA_TYPE.problem(detail);
            case INTERNAL_SERVER_ERROR -> ProblemType.INTERNAL.problem(detail);
            case SERVICE_UNAVAILABLE -> ProblemType.UNAVAILABLE.problem(detail);
            // RFC 9457 §4.2.1: nothing more is meant than the status says.
            default ->
                    new Problem("about:blank", status.getReason(), status.getCode(), detail, null);
        };
    }

    private static String detail(ErrorContext context, HttpStatus status) {
        if (status.getCode() >= 500) {
            return "The service could not answer.";
        }
        return context.getErrors().stream()
                .findFirst()
                .map(error -> error.getMessage())
                .orElse(status.getReason());
    }
}
