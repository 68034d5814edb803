// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.DecoderException;
import jakarta.inject.Singleton;

/**
 * Answers a body that is not what its {@code Content-Encoding} says. It is the sender's fault, so
 * the log is spared.
 */
@Singleton
final class BrokenCoding implements ExceptionHandler<DecoderException, HttpResponse<Problem>> {
    private final ProblemHandler problems;

    BrokenCoding(ProblemHandler problems) {
        this.problems = problems;
    }

    @Override
    public HttpResponse<Problem> handle(HttpRequest request, DecoderException failure) {
        return problems.handle(
                request,
                ProblemException.malformed("The body is not what its Content-Encoding says."));
    }
}
