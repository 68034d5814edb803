// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;

/** Files are only read; the framework would give them out for any method. */
@ServerFilter("/assets/**")
final class AssetMethods {

    @PreMatching
    @RequestFilter
    @Nullable
    HttpResponse<?> refuse(HttpRequest<?> request) {
        HttpMethod method = request.getMethod();
        if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
            return null;
        }
        return HttpResponse.status(HttpStatus.METHOD_NOT_ALLOWED)
                .body(ProblemType.METHOD_NOT_ALLOWED.problem("A file can only be read."))
                .contentType(Problem.MEDIA_TYPE)
                .header(HttpHeaders.ALLOW, "GET, HEAD");
    }
}
