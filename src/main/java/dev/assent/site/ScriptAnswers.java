// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.site.ServedScript.Representation;
import dev.assent.web.ContentCoding;
import dev.assent.web.Problem;
import dev.assent.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.netty.buffer.ByteBufUtil;
import java.util.function.Function;

/** Answers of controllers that carry JavaScript, or say that there is none. */
final class ScriptAnswers {
    private ScriptAnswers() {}

    /** The encoding that the client takes, or that it holds it already. */
    static HttpResponse<?> of(
            HttpRequest<?> request, Function<ContentCoding, Representation> forms) {
        HttpHeaders asked = request.getHeaders();
        Representation representation =
                forms.apply(ContentCoding.choose(asked.get(HttpHeaders.ACCEPT_ENCODING)));
        if (representation.isHeldBy(asked.get(HttpHeaders.IF_NONE_MATCH))) {
            return with(HttpResponse.status(HttpStatus.NOT_MODIFIED), representation.notModified());
        }
        MutableHttpResponse<byte[]> response = HttpResponse.ok();
        if (request.getMethod() != HttpMethod.HEAD) {
            response.body(ByteBufUtil.getBytes(representation.body()));
        }
        return with(response, representation.ok());
    }

    /** Kept by caches for a moment only: the site may publish the next minute. */
    static HttpResponse<?> notFound() {
        return HttpResponse.notFound(ProblemException.notFound("script").problem())
                .contentType(Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=10");
    }

    private static HttpResponse<?> with(MutableHttpResponse<?> response, ScriptHeaders headers) {
        headers.forEach(response::header);
        return response;
    }
}
