// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.web.EntityTags;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;

/** Small answers about a live version, for everybody and for five minutes. */
final class PublicAnswers {
    private static final String FOR_FIVE_MINUTES = "public, max-age=300";

    private PublicAnswers() {}

    /** {@code body}, or 304 to who holds it; its SHA-256 is the entity tag. */
    static MutableHttpResponse<byte[]> answer(HttpRequest<?> request, byte[] body, MediaType type) {
        String tag = '"' + Hash.of(body).hex() + '"';
        MutableHttpResponse<byte[]> response =
                EntityTags.match(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH), tag)
                        ? HttpResponse.notModified()
                        : HttpResponse.ok(body).contentType(type);
        return response.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, FOR_FIVE_MINUTES);
    }
}
