// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.web.Accept;
import dev.assent.web.Problem;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives a problem to a person as a page; programs, and everything under the API, keep JSON. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ErrorPages implements Ordered {
    private static final List<String> OF_PROGRAMS =
            List.of("/v1/", "/w/", "/log/", "/health", "/prometheus", "/openapi.yml");
    private static final String RECORDS = "/v1/consents/";
    private static final String REPLAY = "/replay";

    private final Html html;

    ErrorPages(Html html) {
        this.html = html;
    }

    /** Around the filters that refuse, so that people are told of a refusal on a page too. */
    @Override
    public int getOrder() {
        return FormReading.ORDER - 1;
    }

    @ResponseFilter
    @Nullable HttpResponse<?> forPeople(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (!(response.body() instanceof Problem problem) || !isForPeople(request)) {
            return null;
        }
        HttpStatus status = HttpStatus.valueOf(problem.status());
        MutableHttpResponse<byte[]> page =
                html.still(status, "problem", page(problem).at(request.getPath()));
        response.getHeaders()
                .forEachValue((name, value) -> {
                    if (!page.getHeaders().contains(name)
                            && !name.equalsIgnoreCase("Content-Length")) {
                        page.header(name, value);
                    }
                });
        return page.header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }

    private static boolean isForPeople(HttpRequest<?> request) {
        String path = request.getPath();
        boolean ofPrograms = OF_PROGRAMS.stream().anyMatch(path::startsWith);
        boolean isPage = !ofPrograms || path.startsWith(RECORDS) || path.endsWith(REPLAY);
        return isPage && Accept.prefersPage(request);
    }

    private static ErrorPage page(Problem problem) {
        String meaning = problem.type().startsWith("/") ? problem.type() : null;
        return switch (problem.status()) {
            case 404 ->
                    new ErrorPage(
                            404,
                            "There is nothing here",
                            "The address may be mistyped, or what stood here may have been"
                                    + " removed.",
                            null);
            case 405 ->
                    new ErrorPage(
                            405,
                            "That does not work here",
                            "This address exists, but it cannot be used that way.",
                            meaning);
            case 500 ->
                    new ErrorPage(
                            500,
                            "Something went wrong on our side",
                            "The fault is noted, and nothing you did caused it. Trying again may"
                                    + " help.",
                            meaning);
            case 503 ->
                    new ErrorPage(
                            503,
                            "Not available just now",
                            "The service will be back in a moment. Please try again.",
                            meaning);
            default ->
                    new ErrorPage(
                            problem.status(),
                            problem.title(),
                            Objects.requireNonNullElse(
                                    problem.detail(), "The request could not be answered."),
                            meaning);
        };
    }
}
