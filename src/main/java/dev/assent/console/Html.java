// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.account.SignedIn;
import io.micronaut.core.io.Writable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.views.ViewsRenderer;
import io.micronaut.views.ViewsRendererLocator;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Draws pages. A page is drawn to its last byte before anything is sent, so that a fault in a
 * template is answered as one and no page ends in its middle.
 */
@Singleton
public final class Html {
    public static final String TYPE = "text/html;charset=utf-8";

    /** Nothing runs and nothing is loaded but our own style sheet and pictures. */
    private static final String STILL =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'";

    /** As {@link #STILL}, and a frame of our own. */
    private static final String FRAMING = STILL + "; frame-src 'self'";

    /** Own scripts may run, ask this service, and show own frames. */
    private static final String LIVE =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'self'";

    /** Own scripts may run and ask this service, own frames be shown, forms be sent to it. */
    private static final String FORMS =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self';"
                    + " frame-ancestors 'none'";

    /**
     * A banner to look at: it runs without an origin of its own, so that it finds no cookie and no
     * storage, and it can send nothing to anybody.
     */
    private static final String BANNER =
            "sandbox allow-scripts; default-src 'none'; script-src 'self' 'sha256-%s';"
                    + " style-src 'self'; img-src 'self' data:; connect-src 'none';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private final ViewsRendererLocator renderers;

    Html(ViewsRendererLocator renderers) {
        this.renderers = renderers;
    }

    /** A page on which nothing runs; {@code page} is what the template's parameter holds. */
    public MutableHttpResponse<byte[]> still(HttpStatus status, String template, Object page) {
        return answer(status, template, Map.of("page", page), STILL)
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    /** A page on which nothing runs but in a frame of our own. */
    public MutableHttpResponse<byte[]> framing(HttpStatus status, String template, Object page) {
        return answer(status, template, Map.of("page", page), FRAMING)
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    /** A page for such a frame, with a policy of its own. */
    public MutableHttpResponse<byte[]> framed(String template, Object page, String policy) {
        return answer(HttpStatus.OK, template, Map.of("page", page), policy)
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    /** A page with scripts and frames of our own. */
    public MutableHttpResponse<byte[]> live(HttpStatus status, String template, Object page) {
        return answer(status, template, Map.of("page", page), LIVE)
                .header("Referrer-Policy", "strict-origin-when-cross-origin")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    /**
     * A page for a frame of ours that can keep nothing and send nothing.
     *
     * @param script SHA-256 in base64 of the one script that stands in the page itself
     */
    public MutableHttpResponse<byte[]> banner(String template, Object page, String script) {
        return answer(HttpStatus.OK, template, Map.of("page", page), BANNER.formatted(script))
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** A page with forms, which nobody has to be signed in for. */
    public MutableHttpResponse<byte[]> form(HttpStatus status, String template, Object page) {
        return forms(status, template, Map.of("page", page));
    }

    /** A page of the console; the template's parameter {@code me} holds who reads it. */
    public MutableHttpResponse<byte[]> console(
            HttpStatus status, SignedIn me, String template, Object page) {
        return forms(status, template, Map.of("page", page, "me", me));
    }

    /** Browsers say {@code Origin: null} of forms on pages that send no referrer at all. */
    private MutableHttpResponse<byte[]> forms(
            HttpStatus status, String template, Map<String, Object> model) {
        return answer(status, template, model, FORMS)
                .header("Referrer-Policy", "same-origin")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private MutableHttpResponse<byte[]> answer(
            HttpStatus status, String template, Map<String, Object> model, String policy) {
        return HttpResponse.<byte[]>status(status)
                .body(draw(template, model))
                .contentType(TYPE)
                .header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff");
    }

    /** The bytes of a page that is not sent by itself, such as a report in an archive. */
    public byte[] document(String template, Object page) {
        return draw(template, Map.of("page", page));
    }

    private byte[] draw(String template, Map<String, Object> parameters) {
        Map<String, Object> model = new HashMap<>(parameters);
        Writable drawing = renderer(template).render(template, model, null);
        var bytes = new ByteArrayOutputStream(16 * 1024);
        try {
            drawing.writeTo(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked")
    private ViewsRenderer<Map<String, Object>, Object> renderer(String template) {
        return renderers
                .resolveViewsRenderer(template, MediaType.TEXT_HTML, null)
                .orElseThrow(() -> new IllegalStateException("no template " + template));
    }
}
