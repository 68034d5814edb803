// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.web.ProblemException;
import dev.assent.web.ProblemType;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Reads what is sent to the console, from its own pages alone. Everything that changes something
 * passes by here, so no other site can have a browser change anything, signed in or not.
 */
@ServerFilter({
    "/setup",
    "/signin",
    "/signin/**",
    "/signout",
    "/reset",
    "/reset/**",
    "/invitation",
    "/console",
    "/console/**",
    "/audit/**"
})
final class FormReading implements Ordered {
    static final int ORDER = 100;
    private static final String FORM = Form.class.getName();

    private static final String CONSOLE = "/console/";
    private static final String OF_SITES = "/console/sites/";
    private static final int MAX_BYTES = 1050 * 1024;

    /** As the server's own limit, {@code max-request-size}: a policy of 1 MiB in a form. */
    private static final int MAX_BYTES_OF_SITES = 4 * 1024 * 1024;

    private final SameOrigin sameOrigin;

    FormReading(SameOrigin sameOrigin) {
        this.sameOrigin = sameOrigin;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    /** The form that {@code request} brought; one without fields if it brought none. */
    static Form of(HttpRequest<?> request) {
        return request.getAttribute(FORM, Form.class).orElse(Form.EMPTY);
    }

    /**
     * @throws ProblemException 403 from another site, 413, 415 or 400 for what is no form
     */
    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void read(HttpRequest<?> request) {
        if (isSafe(request)) {
            return;
        }
        if (!sameOrigin.sent(request)) {
            throw ProblemException.of(
                    ProblemType.CROSS_SITE.problem("Send the form from its own page."));
        }
        // Said here, so that people are told on a page.
        int max = request.getPath().startsWith(OF_SITES) ? MAX_BYTES_OF_SITES : MAX_BYTES;
        if (request.getContentLength() > max) {
            throw ProblemException.of(
                    ProblemType.TOO_LARGE.problem(
                            "This takes at most "
                                    + max / 1024
                                    + " KiB. Nothing has changed: your browser's Back leads to what"
                                    + " you sent."));
        }
        MediaType type = request.getContentType().orElse(MediaType.ALL_TYPE);
        Form form = parse(type, (ServerHttpRequest<?>) request);
        if (form.isCleaned() && !request.getPath().startsWith(CONSOLE)) {
            // Of the console's own, ConsoleGuard gives back what was typed.
            throw ProblemException.malformed(
                    "What you typed or pasted holds a character that no text can hold (U+0000)."
                            + " Nothing has changed: your browser’s Back leads to what you sent.");
        }
        request.setAttribute(FORM, form);
    }

    private static Form parse(MediaType type, ServerHttpRequest<?> request) {
        if (type.getName().equals(MediaType.APPLICATION_FORM_URLENCODED)) {
            return Form.parse(body(request));
        }
        Optional<String> boundary = type.getParameters().get("boundary").map(Object::toString);
        if (type.getName().equals(MediaType.MULTIPART_FORM_DATA) && boundary.isPresent()) {
            return FormParts.parse(body(request), boundary.get());
        }
        throw ProblemException.of(
                ProblemType.UNSUPPORTED_MEDIA_TYPE.problem(
                        "Send a form, application/x-www-form-urlencoded."));
    }

    static boolean isSafe(HttpRequest<?> request) {
        HttpMethod method = request.getMethod();
        return method == HttpMethod.GET || method == HttpMethod.HEAD;
    }

    /** At most as long as the server takes; it answers 413 itself. */
    private static byte[] body(ServerHttpRequest<?> request) {
        try (var body = request.byteBody().move().buffer().join()) {
            return body.toByteArray();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
