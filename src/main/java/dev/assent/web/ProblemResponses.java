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
        return base.body(problem(status, detail(status))).contentType(Problem.MEDIA_TYPE);
    }

    private static Problem problem(HttpStatus status, String detail) {
        return switch (status) {
            case BAD_REQUEST -> ProblemType.MALFORMED.problem(detail);
            case NOT_FOUND -> ProblemType.NOT_FOUND.problem(detail);
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

    /**
     * A sentence of ours: the framework's own repeat what was sent, such as the id of a record, and
     * name what is inside.
     */
    private static String detail(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "The path, the query or the body cannot be read.";
            case NOT_FOUND -> "There is nothing under this address.";
            case METHOD_NOT_ALLOWED ->
                    "This address does not take this method; Allow names those that it takes.";
            case NOT_ACCEPTABLE -> "This address has no form of the kind that Accept asks for.";
            case REQUEST_ENTITY_TOO_LARGE -> "The body is longer than this call takes.";
            case UNSUPPORTED_MEDIA_TYPE -> "The body is of a type that this call does not take.";
            default ->
                    status.getCode() >= 500
                            ? "The service could not answer."
                            : "The request could not be answered.";
        };
    }
}
