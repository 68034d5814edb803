// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.account.Allowed;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.web.router.Router;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a person was going before signing in: a page of the console that exists, and nothing else.
 * So what stands behind {@code ?next=} leads nowhere outside.
 */
@Singleton
public final class LocalPath {
    /** Where nothing else is asked for. */
    public static final String HOME = "/console";

    private static final Pattern FORM =
            Pattern.compile("/console(?:/[A-Za-z0-9._~%-]+)*(?:\\?[A-Za-z0-9._~%&=+-]{0,1000})?");
    private static final int MAX_LENGTH = 2000;

    private final Router router;

    LocalPath(Router router) {
        this.router = router;
    }

    /** Path and query of {@code request}, if a page of the console can be read there. */
    Optional<String> of(HttpRequest<?> request) {
        return check(request.getUri().toString(), HttpMethod.GET);
    }

    /** {@code path}, if the console answers {@code method} there. */
    public Optional<String> check(String path, HttpMethod method) {
        if (path.length() > MAX_LENGTH || !FORM.matcher(path).matches()) {
            return Optional.empty();
        }
        int query = path.indexOf('?');
        String bare = query < 0 ? path : path.substring(0, query);
        return router.route(method, bare)
                .filter(match -> match.getAnnotationMetadata().hasAnnotation(Allowed.class))
                .map(match -> path);
    }

    /** {@code path} if it can be read there, else {@link #HOME}. */
    public String orHome(String path) {
        return check(path, HttpMethod.GET).orElse(HOME);
    }
}
