// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Locale;

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
        String code = status.getReason().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
        return base.body(Problem.of(status, code, status.getReason(), detail(context, status)))
                .contentType(Problem.MEDIA_TYPE);
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
